namespace MockOperator.Resources;

/// <summary>The collection that a mock serves, as its status names it.</summary>
public sealed record ServedCollection
{
    /// <summary>What <see cref="Name"/> says of a collection that the mock embeds: no name that an object can have.</summary>
    public const string Embedded = "(embedded)";

    /// <summary>Name of the Collection, or <see cref="Embedded"/>.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>CURRENT</c> or the tag; null for an embedded one.</summary>
    public string? Version { get; init; }

    /// <summary>Both as one text.</summary>
    public override string ToString() => Version is null ? Name : $"{Name} {Version}";
}
