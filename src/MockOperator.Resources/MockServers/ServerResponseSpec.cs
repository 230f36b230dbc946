namespace MockOperator.Resources;

/// <summary>An answer that can be given to every call instead of an example, while <see cref="MockServerSpec.ActiveServerResponse"/> names it.</summary>
public sealed record ServerResponseSpec
{
    /// <summary>Name, as <see cref="MockServerSpec.ActiveServerResponse"/> selects it.</summary>
    public string Name { get; init; } = "";

    /// <summary>HTTP status, 400 to 599.</summary>
    public int Status { get; init; }

    /// <summary>Headers in order, a name as often as it is needed.</summary>
    public IReadOnlyList<HeaderSpec>? Headers { get; init; }

    /// <summary>Body as text; may hold <c>{{variables}}</c>.</summary>
    public string? Body { get; init; }

    /// <summary>Percentage of the calls that get it, by chance, 1 to 100. Default 100.</summary>
    public int? Share { get; init; }
}
