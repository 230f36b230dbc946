namespace MockOperator.Resources;

/// <summary>A ConfigMap or a Secret whose keys are variables. Exactly one of the two.</summary>
public sealed record EnvironmentSource
{
    /// <summary>Put before each key, to make the name of the variable. Default: nothing.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether the mock is served although the object is not there; its variables come when it does. Default false.</summary>
    public bool? Optional { get; init; }

    /// <summary>The ConfigMap.</summary>
    public LocalObjectReference? ConfigMapRef { get; init; }

    /// <summary>The Secret. It is mounted into the pods; the operator never reads it.</summary>
    public LocalObjectReference? SecretRef { get; init; }
}
