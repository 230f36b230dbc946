namespace MockOperator.Operator.Control;

/// <summary>Where the operator's key is.</summary>
public sealed record ControlKeyOptions
{
    /// <summary>The file that holds the key, mounted from <see cref="SecretName"/>; it may not be there yet.</summary>
    public string File { get; init; } = "/etc/mock-operator/control/key";

    /// <summary>The Secret that is created when there is no file.</summary>
    public string SecretName { get; init; } = "mock-operator-control";

    /// <summary>The entry of the Secret.</summary>
    public string SecretKey { get; init; } = "key";

    /// <summary>Namespace of the Secret: the operator's own.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Name of the operator's own pod, or null outside a cluster: touching it refreshes the mounted file.</summary>
    public string? PodName { get; init; }
}
