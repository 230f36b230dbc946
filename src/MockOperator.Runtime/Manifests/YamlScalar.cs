using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace MockOperator.Runtime.Manifests;

/// <summary>What a plain YAML scalar means by the core schema of YAML 1.2: null, a boolean, a number or a text.</summary>
internal static class YamlScalar
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.eE+-");

    /// <summary>Writes a plain scalar as JSON.</summary>
    public static void Write(Utf8JsonWriter json, string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                json.WriteNullValue();
                return;
            case "true" or "True" or "TRUE":
                json.WriteBooleanValue(true);
                return;
            case "false" or "False" or "FALSE":
                json.WriteBooleanValue(false);
                return;
        }

        if (IsNumberLike(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            json.WriteNumberValue(whole);
        }
        else if (text.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out whole))
        {
            json.WriteNumberValue(whole);
        }
        else if (IsNumberLike(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real))
        {
            json.WriteNumberValue(real);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    private static bool IsNumberLike(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart("+-");
        return text.Length - digits.Length <= 1
            && digits.Length > 0
            && (char.IsAsciiDigit(digits[0]) || (digits[0] == '.' && digits.Length > 1 && char.IsAsciiDigit(digits[1])))
            && !digits.ContainsAnyExcept(NumberCharacters);
    }
}
