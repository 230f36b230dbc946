namespace MockOperator.Resources;

/// <summary>Where the variables of a mock come from. <see cref="Variables"/> beat <see cref="From"/> (later entries beat earlier ones), and these beat <see cref="Postman"/>.</summary>
public sealed record EnvironmentSpec
{
    /// <summary>Variables written here.</summary>
    public IReadOnlyList<EnvironmentVariable>? Variables { get; init; }

    /// <summary>ConfigMaps and Secrets, each key of which is a variable.</summary>
    public IReadOnlyList<EnvironmentSource>? From { get; init; }

    /// <summary>A Postman environment export.</summary>
    public PostmanEnvironmentSource? Postman { get; init; }
}
