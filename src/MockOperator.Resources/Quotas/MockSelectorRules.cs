using System.Buffers;

namespace MockOperator.Resources;

/// <summary>What a <see cref="MockSelector"/> must satisfy: the words of Kubernetes' own selectors, within bounds.</summary>
public static class MockSelectorRules
{
    /// <summary>Most entries of <see cref="MockSelector.MatchNames"/>.</summary>
    public const int MaxNames = 100;

    /// <summary>Most entries of <see cref="MockSelector.MatchLabels"/>, and of <see cref="MockSelector.MatchExpressions"/>.</summary>
    public const int MaxRequirements = 32;

    /// <summary>Most entries of <see cref="LabelRequirement.Values"/>.</summary>
    public const int MaxValues = 64;

    /// <summary>Most characters of a selector, all names, keys and values together: it is kept in memory of every quota.</summary>
    public const int LongestSelector = 16 * 1024;

    private const int LongestPrefix = 253;
    private const int LongestLabel = 63;
    private const string KeyRule = "the name of a label is needed: letters, digits, '-', '_' and '.', at most 63, after a DNS name and '/' or alone";
    private const string ValueRule = "a value of a label is empty, or at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit";

    private static readonly SearchValues<char> s_prefixCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        new(
            ".spec.selector.matchExpressions[]",
            "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
            $"In and NotIn take 1 to {MaxValues} values; Exists and DoesNotExist take none",
            ".values"),
    ];

    /// <summary>Checks a selector.</summary>
    internal static void Check(string place, MockSelector? selector, List<SpecProblem> problems)
    {
        if (selector is null)
        {
            return;
        }

        if (LengthOf(selector) > LongestSelector)
        {
            problems.Add(new(place, $"at most {LongestSelector} characters of names and labels together: give the mocks a label of their own, and select by it"));
            return;
        }

        CheckNames(place + ".matchNames", selector.MatchNames, problems);
        CheckLabels(place + ".matchLabels", selector.MatchLabels, problems);
        CheckExpressions(place + ".matchExpressions", selector.MatchExpressions, problems);
    }

    private static long LengthOf(MockSelector selector) =>
        (selector.MatchNames ?? []).Sum(static name => (long)(name?.Length ?? 0))
        + (selector.MatchLabels?.Sum(static label => (long)label.Key.Length + (label.Value?.Length ?? 0)) ?? 0)
        + (selector.MatchExpressions ?? []).Sum(static requirement => (long)(requirement?.Key?.Length ?? 0) + (requirement?.Values ?? []).Sum(static value => (long)(value?.Length ?? 0)));

    private static void CheckNames(string place, IReadOnlyList<string>? names, List<SpecProblem> problems)
    {
        if (names is null)
        {
            return;
        }

        if (names.Count is 0 or > MaxNames)
        {
            problems.Add(new(place, $"1 to {MaxNames} names of MockServers are needed; for all of the namespace leave matchNames out"));
        }

        for (int index = 0; index < names.Count && index < MaxNames; index++)
        {
            if (names[index] is not { Length: > 0 and <= LongestPrefix })
            {
                problems.Add(new($"{place}[{index}]", "the name of a MockServer of this namespace is needed"));
            }
        }
    }

    private static void CheckLabels(string place, IReadOnlyDictionary<string, string>? labels, List<SpecProblem> problems)
    {
        if (labels is null)
        {
            return;
        }

        if (labels.Count > MaxRequirements)
        {
            problems.Add(new(place, $"at most {MaxRequirements} labels"));
        }

        foreach ((string key, string value) in labels.Take(MaxRequirements))
        {
            if (!IsKey(key))
            {
                problems.Add(new(place, $"'{Start(key)}': {KeyRule}"));
            }
            else if (!IsValue(value))
            {
                problems.Add(new($"{place}.{key}", ValueRule));
            }
        }
    }

    private static void CheckExpressions(string place, IReadOnlyList<LabelRequirement>? expressions, List<SpecProblem> problems)
    {
        if (expressions is null)
        {
            return;
        }

        if (expressions.Count > MaxRequirements)
        {
            problems.Add(new(place, $"at most {MaxRequirements} requirements"));
        }

        for (int index = 0; index < expressions.Count && index < MaxRequirements; index++)
        {
            CheckExpression($"{place}[{index}]", expressions[index], problems);
        }
    }

    private static void CheckExpression(string place, LabelRequirement? requirement, List<SpecProblem> problems)
    {
        if (!IsKey(requirement?.Key))
        {
            problems.Add(new(place + ".key", KeyRule));
        }

        IReadOnlyList<string> values = requirement?.Values ?? [];
        switch (requirement?.Operator)
        {
            case "In" or "NotIn" when values.Count is 0 or > MaxValues:
                problems.Add(new(place + ".values", $"In and NotIn take 1 to {MaxValues} values"));
                break;
            case "Exists" or "DoesNotExist" when values.Count > 0:
                problems.Add(new(place + ".values", "Exists and DoesNotExist take no values: leave them out"));
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            default:
                problems.Add(new(place + ".operator", "In, NotIn, Exists or DoesNotExist"));
                break;
        }

        for (int index = 0; index < values.Count && index < MaxValues; index++)
        {
            if (!IsValue(values[index]))
            {
                problems.Add(new($"{place}.values[{index}]", ValueRule));
            }
        }
    }

    private static bool IsKey(string? key)
    {
        if (key is null)
        {
            return false;
        }

        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? IsName(key) : IsPrefix(key.AsSpan(0, slash)) && IsName(key[(slash + 1)..]);
    }

    private static bool IsPrefix(ReadOnlySpan<char> prefix)
    {
        if (prefix.Length is 0 or > LongestPrefix)
        {
            return false;
        }

        foreach (Range part in prefix.Split('.'))
        {
            ReadOnlySpan<char> label = prefix[part];
            if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(s_prefixCharacters))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsValue(string? value) => value is { Length: 0 } || IsName(value);

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestLabel }
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    // Messages are shown in a status: what somebody wrote is quoted only as far as it takes to find it.
    private static string Start(string text) => text.Length <= LongestLabel ? text : text[..LongestLabel] + "…";
}
