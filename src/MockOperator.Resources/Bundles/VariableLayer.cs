namespace MockOperator.Resources;

/// <summary>One layer of variables. Exactly one property is set.</summary>
public sealed record VariableLayer
{
    /// <summary>Variables by name.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>Name of a directory below the secrets directory of the pod: each file in it is a variable.</summary>
    public string? SecretDirectory { get; init; }

    /// <summary>Path of a file below the secrets directory of the pod: a Postman environment export.</summary>
    public string? SecretPostmanEnvironment { get; init; }
}
