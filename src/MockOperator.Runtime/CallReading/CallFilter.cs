using System.Text;
using MockOperator.Runtime.Calls;

namespace MockOperator.Runtime.CallReading;

/// <summary>Chooses calls.</summary>
internal sealed record CallFilter
{
    /// <summary>Chooses all.</summary>
    public static CallFilter Everything { get; } = new();

    /// <summary>Answered then or later.</summary>
    public DateTimeOffset Since { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Answered then or earlier.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Methods, in any case; empty for all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The path, in any case, with the query if it has a question mark; an asterisk stands for any characters. Null for all.</summary>
    public string? Path { get; init; }

    /// <summary>Statuses.</summary>
    public StatusRanges Statuses { get; init; }

    /// <summary>Outcomes.</summary>
    public OutcomeSet Outcomes { get; init; }

    /// <summary>What the call must have somewhere; null for nothing.</summary>
    public string? Text { get; init; }

    /// <summary>Whether a call is chosen.</summary>
    public bool Chooses(RememberedCall call) =>
        call.ServedAt >= Since
        && call.ServedAt <= Until
        && Outcomes.Has(call.Outcome)
        && Statuses.Has(call.Status)
        && (Methods.Count == 0 || Methods.Contains(call.Method, StringComparer.OrdinalIgnoreCase))
        && (Path is null || FitsPath(call.Target, Path))
        && (Text is null || Mentions(call, Text));

    private static bool FitsPath(string target, string pattern)
    {
        int question = pattern.Contains('?', StringComparison.Ordinal) ? -1 : target.IndexOf('?', StringComparison.Ordinal);
        return Fits(question < 0 ? target : target.AsSpan(0, question), pattern);
    }

    // Goes back to the last asterisk alone: what comes before the one that matched last never has to be looked at again.
    private static bool Fits(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int at = 0;
        int inPattern = 0;
        int asterisk = -1;
        int resume = 0;
        while (at < text.Length)
        {
            if (inPattern < pattern.Length && pattern[inPattern] == '*')
            {
                asterisk = inPattern++;
                resume = at;
            }
            else if (inPattern < pattern.Length && char.ToUpperInvariant(pattern[inPattern]) == char.ToUpperInvariant(text[at]))
            {
                inPattern++;
                at++;
            }
            else if (asterisk >= 0)
            {
                inPattern = asterisk + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[inPattern..].TrimStart('*').IsEmpty;
    }

    private static bool Mentions(RememberedCall call, string text) =>
        Has(call.Target, text)
        || Has(call.ExampleName, text)
        || call.RequestHeaders.Concat(call.ResponseHeaders).Any(header => Has(header.Name, text) || Has(header.Value, text))
        || Has(Encoding.UTF8.GetString(call.RequestBody.Span), text)
        || Has(Encoding.UTF8.GetString(call.ResponseBody.Span), text);

    private static bool Has(string whole, string part) => whole.Contains(part, StringComparison.OrdinalIgnoreCase);
}
