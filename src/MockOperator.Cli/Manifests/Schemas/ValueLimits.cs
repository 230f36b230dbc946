using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>Judges texts by length, pattern and form, and numbers by their bounds.</summary>
internal static class ValueLimits
{
    private static readonly SearchValues<char> s_base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>Judges a text. As on a server the first of length and pattern that it breaks is told.</summary>
    public static void JudgeText(FieldPath path, ObjectSchema schema, JsonElement value, SchemaProblems problems)
    {
        // Content of ConfigMaps may be large, and is not limited.
        if (schema is { MaxLength: null, MinLength: null, PatternForm: null, Format: not "byte" })
        {
            return;
        }

        string text = value.GetString()!;
        if (schema.MaxLength is not null || schema.MinLength is not null || schema.PatternForm is not null)
        {
            int length = 0;
            foreach (Rune _ in text.EnumerateRunes())
            {
                length++;
            }

            if (length > schema.MaxLength)
            {
                problems.Add(path, $"Too long: may not be more than {schema.MaxLength} {(schema.MaxLength == 1 ? "byte" : "bytes")}");
            }
            else if (length < schema.MinLength)
            {
                problems.Add(path, $"Invalid value: {GoText.Quote(text)}: {path} in body should be at least {schema.MinLength} chars long");
            }
            else if (schema.PatternForm?.IsMatch(text) == false)
            {
                problems.Add(path, $"Invalid value: {GoText.Quote(text)}: {path} in body should match '{schema.Pattern}'");
            }
        }

        if (!HasForm(schema.Format, text))
        {
            problems.Add(path, $"Invalid value: {GoText.Quote(text)}: {path} in body must be of type {schema.Format}: {GoText.Quote(text)}");
        }
    }

    /// <summary>Judges a number.</summary>
    public static void JudgeNumber(FieldPath path, ObjectSchema schema, JsonElement number, SchemaProblems problems)
    {
        double value = number.GetDouble();
        if (schema.Type == "integer" && !FitsIn(schema.Format, number))
        {
            problems.Add(path, $"Invalid value: {GoText.Number(number)}: Checked value must be of type integer with format {schema.Format} in {path}");
        }

        if (schema.Minimum is { } least && value < least)
        {
            problems.Add(path, $"Invalid value: {GoText.Number(number)}: {path} in body should be greater than or equal to {least}");
        }

        if (schema.Maximum is { } most && value > most)
        {
            problems.Add(path, $"Invalid value: {GoText.Number(number)}: {path} in body should be less than or equal to {most}");
        }
    }

    private static bool FitsIn(string? format, JsonElement number)
    {
        if (!ValueType.IsWhole(number))
        {
            // It is of another type, which is told.
            return true;
        }

        double value = number.GetDouble();
        return format switch
        {
            "int32" => value is >= int.MinValue and <= int.MaxValue,
            "int64" => number.TryGetInt64(out _) || Math.Abs(value) < long.MaxValue,
            _ => true,
        };
    }

    /// <summary>Times are in the status alone, which is not judged. An empty text is no base64 to a server either.</summary>
    private static bool HasForm(string? format, ReadOnlySpan<char> text) =>
        format != "byte" || (text.Length > 0 && text.Length % 4 == 0 && !text[..^2].ContainsAnyExcept(s_base64) && text[^2..] is [var last, var end] && IsEnd(last, end));

    private static bool IsEnd(char last, char end) => end == '=' ? last == '=' || s_base64.Contains(last) : s_base64.Contains(last) && s_base64.Contains(end);
}
