namespace MockOperator.PostmanApi.Answers;

/// <summary>A variable of an environment, as it stands in answers, requests and exports.</summary>
internal sealed record Variable
{
    public required string Key { get; init; }

    public required string Value { get; init; }

    public required bool Enabled { get; init; }

    /// <summary><c>default</c>, or <c>secret</c>, which makes the environment a Secret.</summary>
    public required string Type { get; init; }

    public string? Description { get; init; }
}
