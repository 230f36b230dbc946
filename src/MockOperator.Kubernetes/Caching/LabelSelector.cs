namespace MockOperator.Kubernetes.Caching;

/// <summary>A label selector as the API takes it: <c>a=b</c>, <c>a!=b</c>, <c>a</c>, <c>!a</c>, <c>a in (b,c)</c>, <c>a notin (b,c)</c>, joined by commas.</summary>
public sealed class LabelSelector
{
    /// <summary>Selects everything.</summary>
    public static readonly LabelSelector Everything = new("", []);

    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(string text, IReadOnlyList<Requirement> requirements)
    {
        Text = text;
        _requirements = requirements;
    }

    private enum Operator
    {
        In,
        NotIn,
        Exists,
        Absent,
    }

    /// <summary>The selector as written; empty for everything.</summary>
    public string Text { get; }

    /// <summary>Reads a selector.</summary>
    /// <param name="text">The selector; null or empty for everything.</param>
    /// <returns>The selector.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static LabelSelector Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? Everything : new LabelSelector(text, [.. Split(text).Select(ParseRequirement)]);

    /// <summary>Whether an object with these labels is selected.</summary>
    /// <param name="labels">The labels; null for none.</param>
    /// <returns>Whether all requirements hold.</returns>
    public bool Matches(IDictionary<string, string>? labels)
    {
        foreach (var requirement in _requirements)
        {
            string? value = null;
            var present = labels is not null && labels.TryGetValue(requirement.Key, out value);
            var holds = requirement.Operator switch
            {
                Operator.Exists => present,
                Operator.Absent => !present,
                Operator.In => present && requirement.Values.Contains(value!, StringComparer.Ordinal),
                _ => !present || !requirement.Values.Contains(value!, StringComparer.Ordinal),
            };
            if (!holds)
                return false;
        }

        return true;
    }

    /// <summary>The selector as written.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;

    private static IEnumerable<string> Split(string text)
    {
        int start = 0, depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')')
                depth--;
            else if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static Requirement ParseRequirement(string part)
    {
        var text = part.Trim();
        if (text.EndsWith(')'))
        {
            var words = text[..text.IndexOf('(', StringComparison.Ordinal)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var values = text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            if (words is [var key, "in" or "notin"])
                return new Requirement(key, words[1] == "in" ? Operator.In : Operator.NotIn, values);
        }
        else if (text.Split("!=") is [var unequalKey, var unequal])
        {
            return new Requirement(unequalKey.Trim(), Operator.NotIn, [unequal.Trim()]);
        }
        else if (text.Split('=', StringSplitOptions.RemoveEmptyEntries) is [var equalKey, var equal])
        {
            return new Requirement(equalKey.Trim(), Operator.In, [equal.Trim()]);
        }
        else if (text.Length > 0 && !text.Contains(' ') && !text.Contains('='))
        {
            return text[0] == '!' ? new Requirement(text[1..], Operator.Absent, []) : new Requirement(text, Operator.Exists, []);
        }

        throw new FormatException($"'{text}' is no requirement of a label selector.");
    }

    private sealed record Requirement(string Key, Operator Operator, IReadOnlyList<string> Values);
}
