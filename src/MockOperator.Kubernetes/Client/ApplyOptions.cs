namespace MockOperator.Kubernetes.Client;

/// <summary>How an object is applied.</summary>
public sealed record ApplyOptions
{
    /// <summary>The field manager; null for the client's own.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Whether fields that another manager owns are taken from it. A controller must win on the fields it writes, so this is the default.</summary>
    public bool Force { get; init; } = true;

    /// <summary>Whether the server only says what would happen.</summary>
    public bool DryRun { get; init; }
}
