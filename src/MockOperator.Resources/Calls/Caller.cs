namespace MockOperator.Resources;

/// <summary>Who made a call.</summary>
public sealed record Caller
{
    /// <summary>Address of the caller, or of the proxy in front of it; null when it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>Name of the key that was shown, never the key; null without one that is valid.</summary>
    public string? Key { get; init; }
}
