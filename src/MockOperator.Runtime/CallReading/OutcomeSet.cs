using System.Diagnostics.CodeAnalysis;
using MockOperator.Resources;
using MockOperator.Runtime.Metrics;

namespace MockOperator.Runtime.CallReading;

/// <summary>Some outcomes; by default all.</summary>
internal readonly struct OutcomeSet
{
    private const string Unmatched = "unmatched";

    // A bit for each; none is all.
    private readonly int _bits;

    private OutcomeSet(int bits) => _bits = bits;

    /// <summary>Reads a list such as <c>no_match,rejected</c>.</summary>
    public static bool TryRead(string? text, out OutcomeSet outcomes, [NotNullWhen(false)] out string? problem)
    {
        int bits = 0;
        problem = null;
        foreach (string word in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            int meant = 0;
            foreach (RequestOutcome outcome in Enum.GetValues<RequestOutcome>())
            {
                if (word.Equals(MockMetrics.Word(outcome), StringComparison.OrdinalIgnoreCase)
                    || (word.Equals(Unmatched, StringComparison.OrdinalIgnoreCase) && outcome is RequestOutcome.NoMatch or RequestOutcome.NoExample))
                {
                    meant |= 1 << (int)outcome;
                }
            }

            if (meant == 0)
            {
                problem = $"{CallsPort.Outcome}: there are {string.Join(", ", Enum.GetValues<RequestOutcome>().Select(MockMetrics.Word))} and {Unmatched}.";
                outcomes = default;
                return false;
            }

            bits |= meant;
        }

        outcomes = new OutcomeSet(bits);
        return true;
    }

    /// <summary>Whether an outcome is among them.</summary>
    public bool Has(RequestOutcome outcome) => _bits == 0 || (_bits & (1 << (int)outcome)) != 0;
}
