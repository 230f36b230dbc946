using System.Collections.Immutable;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// Headers of a call that must agree with the example's (Postman matching, explicit header matching): names and values without regard to case, values
/// trimmed; absent on both sides is equal.
/// </summary>
internal readonly struct HeaderFilter
{
    /// <summary>Names the headers to compare, separated by commas; wins over the configuration.</summary>
    internal const string RequestHeader = "x-mock-match-request-headers";

    private const int MaxNames = 64;

    private readonly ImmutableArray<string> _names;
    private readonly string?[] _values;

    private HeaderFilter(ImmutableArray<string> names, string?[] values)
    {
        _names = names;
        _values = values;
    }

    /// <summary>Whether any header is compared.</summary>
    internal bool IsOn => _values is not null;

    /// <summary>Names that are compared.</summary>
    internal ImmutableArray<string> Names => _names.IsDefault ? [] : _names;

    /// <summary>Reads what a call asks for.</summary>
    internal static HeaderFilter Read(IRequestHeaders headers, MatchingRules rules)
    {
        ImmutableArray<string> names = rules.Headers;
        if (headers.MayChoose && headers.TryGetValue(RequestHeader, out string? list))
        {
            names = [.. list.Split(',', MaxNames + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxNames)];
        }

        if (names.IsEmpty)
        {
            return default;
        }

        string?[] values = new string?[names.Length];
        for (int index = 0; index < names.Length; index++)
        {
            values[index] = headers.TryGetValue(names[index], out string? value) ? value.Trim() : null;
        }

        return new HeaderFilter(names, values);
    }

    /// <summary>Whether every listed header agrees.</summary>
    internal bool Accepts(Candidate candidate, ref WorkBudget budget) => FirstDifference(candidate, ref budget) is null;

    /// <summary>Name of the first listed header that differs, or that it would take too much work to compare; null when all agree.</summary>
    internal string? FirstDifference(Candidate candidate, ref WorkBudget budget)
    {
        const int PerName = 10;
        const int CharactersPerUnit = 4;
        if (_values is null)
        {
            return null;
        }

        for (int index = 0; index < _values.Length; index++)
        {
            if (!budget.TrySpend(PerName * (1L + candidate.Headers.Length), RequestExcess.Headers))
            {
                return _names[index];
            }

            string? saved = candidate.Header(_names[index]);
            string? sent = _values[index];
            if ((saved is null) != (sent is null)
                || saved?.Length != sent?.Length
                || !budget.TrySpend((sent?.Length ?? 0) / CharactersPerUnit, RequestExcess.Headers)
                || !string.Equals(saved, sent, StringComparison.OrdinalIgnoreCase))
            {
                return _names[index];
            }
        }

        return null;
    }
}
