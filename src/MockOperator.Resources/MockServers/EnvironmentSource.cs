namespace MockOperator.Resources;

/// <summary>A ConfigMap or a Secret whose keys are variables. Exactly one of the two.</summary>
public sealed record EnvironmentSource
{
    /// <summary>The ConfigMap.</summary>
    public LocalObjectReference? ConfigMapRef { get; init; }

    /// <summary>The Secret. It is mounted into the pods; the operator never reads it.</summary>
    public LocalObjectReference? SecretRef { get; init; }
}
