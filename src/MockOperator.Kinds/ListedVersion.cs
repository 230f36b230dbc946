namespace MockOperator.Kinds;

/// <summary>A version of a collection, without its content.</summary>
public sealed record ListedVersion
{
    /// <summary>Its tag.</summary>
    public string Tag { get; init; } = "";
}
