using System.Globalization;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads the status of a saved response: a number, or a text that is one.</summary>
internal static class StatusReader
{
    private const int Lowest = 200;
    private const int Highest = 599;

    /// <summary>
    /// The status; null, with an issue, when it cannot be sent. An example without a usable code does not take part in matching, as with Postman; 1xx
    /// codes announce a response and are none.
    /// </summary>
    public static int? Read(DocumentNode code, DocumentPath path, ReadingContext context)
    {
        string? text = code.Kind is JsonValueKind.Number or JsonValueKind.String ? context.Text(code)?.Trim() : null;
        if (text is not null && TryParse(text, out int status))
        {
            return status;
        }

        string found = code.IsAbsent ? "There is no status" : text is null ? "The status is no number" : $"\"{IssueLog.Quote(text)}\" is no status of a response";
        context.Issues.Skip(path, LoadIssueReason.InvalidStatus, $"{found}, so the example is not served. Give a whole number from {Lowest} to {Highest}.");
        return null;
    }

    /// <summary>Whether the status can be sent as that of a whole response.</summary>
    public static bool IsServable(int status) => status is >= Lowest and <= Highest;

    private static bool TryParse(string text, out int status)
    {
        status = 0;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number)
            || number != Math.Floor(number) || number is < Lowest or > Highest)
        {
            return false;
        }

        status = (int)number;
        return true;
    }
}
