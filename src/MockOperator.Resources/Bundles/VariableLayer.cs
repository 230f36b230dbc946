namespace MockOperator.Resources;

/// <summary>One layer of variables. Exactly one of <see cref="Variables"/>, <see cref="SecretDirectory"/> and <see cref="SecretPostmanEnvironment"/> is set.</summary>
public sealed record VariableLayer
{
    /// <summary>Variables by name.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>Name of a directory below the secrets directory of the pod: each file in it is a variable.</summary>
    public string? SecretDirectory { get; init; }

    /// <summary>Put before the name of each file of <see cref="SecretDirectory"/>; null for nothing.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether <see cref="SecretDirectory"/> may be missing; null for no.</summary>
    public bool? Optional { get; init; }

    /// <summary>Path of a file below the secrets directory of the pod: a Postman environment export.</summary>
    public string? SecretPostmanEnvironment { get; init; }
}
