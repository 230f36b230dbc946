namespace MockOperator.Resources;

/// <summary>The example that answered a call.</summary>
public sealed record CalledExample
{
    /// <summary>Its id, by which <c>x-mock-response-id</c> chooses it; empty when it has none.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
