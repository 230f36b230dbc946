namespace MockOperator.Resources;

/// <summary>A requirement on a label, as in any Kubernetes selector.</summary>
public sealed record LabelRequirement
{
    /// <summary>Name of the label.</summary>
    public string Key { get; init; } = "";

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    public string Operator { get; init; } = "";

    /// <summary>Values, for <c>In</c> and <c>NotIn</c>: 1 to 64.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}
