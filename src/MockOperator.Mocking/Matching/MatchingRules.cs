using System.Collections.Immutable;
using MockOperator.Resources;

namespace MockOperator.Mocking.Matching;

/// <summary><see cref="MatchingSpec"/> with its defaults filled in.</summary>
internal sealed record MatchingRules
{
    private const int MaxHeaders = 32;

    private MatchingRules(MatchingSpec spec)
    {
        IsStrict = spec.Mode == MatchingMode.Strict;
        Body = spec.Body ?? BodyMatching.Ignore;
        QueryParams = spec.QueryParams ?? true;
        Wildcards = spec.Wildcards ?? true;
        Fuzzy = !IsStrict && (spec.Fuzzy ?? true);
        Headers = [.. (spec.Headers ?? []).Select(static name => (name ?? "").Trim()).Where(static name => name.Length > 0).Take(MaxHeaders)];
    }

    /// <summary>Exact paths and wildcards only, and every query parameter of the example must agree.</summary>
    internal bool IsStrict { get; }

    /// <summary>How bodies are compared unless a request says otherwise.</summary>
    internal BodyMatching Body { get; }

    /// <summary>Whether query parameters count.</summary>
    internal bool QueryParams { get; }

    /// <summary>Whether there are wildcards.</summary>
    internal bool Wildcards { get; }

    /// <summary>Whether the last resort is taken.</summary>
    internal bool Fuzzy { get; init; }

    /// <summary>Headers that must agree unless a request says otherwise.</summary>
    internal ImmutableArray<string> Headers { get; }

    /// <summary>Fills in the defaults.</summary>
    internal static MatchingRules From(MatchingSpec? spec) => new(spec ?? new MatchingSpec());
}
