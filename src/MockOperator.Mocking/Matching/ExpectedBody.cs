using System.Collections.Immutable;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Matching;

/// <summary>The body of a saved request, prepared for comparison.</summary>
internal sealed class ExpectedBody
{
    /// <summary>The class of what equals nothing: a file.</summary>
    internal const int NoClass = -1;

    /// <summary>The class of empty bodies.</summary>
    internal const int EmptyClass = 0;

    private static readonly ExpectedBody s_empty = new(EmptyClass, null, false);

    private readonly BodyPattern? _pattern;

    private ExpectedBody(int bodyClass, BodyPattern? pattern, bool isSubset)
    {
        Class = bodyClass;
        IsSubset = isSubset;
        _pattern = pattern;
    }

    /// <summary>Equal bodies have equal classes; <see cref="EmptyClass"/> and <see cref="NoClass"/> are special.</summary>
    internal int Class { get; }

    /// <summary>Whether requests may say more, so that no class tells which fit.</summary>
    internal bool IsSubset { get; }

    /// <summary>Members that a JSON body must have in order to fit; none when it is not known.</summary>
    internal ImmutableArray<ulong> Members => IsSubset && _pattern is not null ? _pattern.Required : [];

    /// <summary>Whether wildcards inside the body take any value when bodies are compared explicitly.</summary>
    internal bool HasWildcards => _pattern is { HasWildcards: true };

    /// <summary>Names that wildcards of the body capture under.</summary>
    internal ImmutableArray<string> Captures => _pattern?.Captures ?? [];

    /// <summary>Prepares a body whose variables are filled in.</summary>
    /// <param name="body">The body.</param>
    /// <param name="vocabulary">Takes its class.</param>
    /// <param name="wildcards">Whether there are wildcards.</param>
    /// <param name="subsets">Whether requests may say more than the example does.</param>
    internal static ExpectedBody Read(ExampleBody body, BodyVocabulary vocabulary, bool wildcards, bool subsets)
    {
        int bodyClass = vocabulary.Add(body);
        BodyPattern? pattern = subsets || (wildcards && MayHaveWildcards(body)) ? BodyPattern.Read(body, wildcards) : null;
        pattern = pattern is { HasWildcards: true } || subsets ? pattern : null;
        return pattern is null && bodyClass == EmptyClass ? s_empty : new ExpectedBody(bodyClass, pattern, subsets);
    }

    /// <summary>Whether a request body fits, wildcards considered.</summary>
    /// <param name="content">The request body.</param>
    /// <param name="subset">Whether it may say more.</param>
    /// <param name="captures">Takes what the wildcards stand for; null when nobody asks.</param>
    /// <param name="budget">What comparing takes is taken from it; nothing fits once it is spent.</param>
    internal bool Fits(RequestContent content, bool subset, List<Field>? captures, ref WorkBudget budget)
    {
        const int PerExample = 20;
        if (!budget.TrySpend(PerExample, RequestExcess.Body))
        {
            return false;
        }

        return _pattern?.Fits(content, subset, captures, ref budget) ?? (Class == EmptyClass && (subset || content.IsEmpty));
    }

    private static bool MayHaveWildcards(ExampleBody body) => body switch
    {
        ExampleBody.Raw raw => raw.Text.Contains("{{", StringComparison.Ordinal),
        ExampleBody.GraphQL call => call.Variables is not null && call.Variables.Contains("{{", StringComparison.Ordinal),
        _ => false,
    };
}
