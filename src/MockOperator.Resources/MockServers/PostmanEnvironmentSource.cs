namespace MockOperator.Resources;

/// <summary>A Postman environment export in a key. Exactly one of the two.</summary>
public sealed record PostmanEnvironmentSource
{
    /// <summary>Key of a ConfigMap.</summary>
    public ConfigMapKeyReference? ConfigMapKeyRef { get; init; }

    /// <summary>Key of a Secret. It is mounted into the pods; the operator never reads it.</summary>
    public SecretKeyReference? SecretKeyRef { get; init; }
}
