using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MockOperator.Cli.Manifests.Schemas;

/// <summary>Values as messages of the API server show them. Texts longer than 200 characters are cut off, which it does not do.</summary>
internal static class GoText
{
    private const int MostShown = 200;

    /// <summary>A text in quotes, as <c>%q</c> of Go's fmt writes it: what cannot be seen is escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        int shown = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (++shown > MostShown)
            {
                quoted.Append('…');
                break;
            }

            Append(quoted, rune);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A value of a field error: texts in quotes, numbers and booleans as they are, the rest as JSON.</summary>
    public static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Number => Number(value),
        _ => Short(value.GetRawText()),
    };

    /// <summary>A number without the digits that say nothing.</summary>
    public static string Number(JsonElement value) =>
        value.TryGetInt64(out long whole) ? whole.ToString(CultureInfo.InvariantCulture) : value.GetDouble().ToString("R", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    private static void Append(StringBuilder quoted, Rune rune)
    {
        string? escaped = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            < ' ' or 0x7F => $"\\x{rune.Value:x2}",
            _ => null,
        };
        if (escaped is not null)
        {
            quoted.Append(escaped);
        }
        else if (rune.Value == ' ' || IsSeen(Rune.GetUnicodeCategory(rune)))
        {
            quoted.Append(rune.ToString());
        }
        else
        {
            quoted.Append(rune.Value <= 0xFFFF ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
        }
    }

    private static bool IsSeen(UnicodeCategory category) => category is not (
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
