namespace MockOperator.Kubernetes.Caching;

/// <summary>A selector of labels by equality, <c>a=b,c=d</c>: all that a store needs, so that what it covers can be told without the server.</summary>
public sealed class LabelSelector
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> _required;

    private LabelSelector(IReadOnlyList<KeyValuePair<string, string>> required) => _required = required;

    /// <summary>Reads a selector.</summary>
    /// <param name="text">The selector; null or empty for everything.</param>
    /// <returns>The selector.</returns>
    /// <exception cref="FormatException">It requires something else than equality.</exception>
    public static LabelSelector Parse(string? text) => new([.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Requirement)]);

    /// <summary>Whether an object with these labels is selected.</summary>
    /// <param name="labels">The labels; null for none.</param>
    /// <returns>Whether all requirements hold.</returns>
    public bool Matches(IDictionary<string, string>? labels) =>
        _required.All(wanted => labels is not null && labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    private static KeyValuePair<string, string> Requirement(string text) =>
        text.Split('=') is [{ Length: > 0 } key, var value] && !key.EndsWith('!')
            ? new(key.Trim(), value.Trim())
            : throw new FormatException($"'{text}' is no requirement of a store's label selector: write name=value.");
}
