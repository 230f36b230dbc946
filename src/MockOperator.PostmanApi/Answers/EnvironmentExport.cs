using System.Text.Json.Serialization;

namespace MockOperator.PostmanApi.Answers;

/// <summary>An environment as Postman exports it, which is how it is stored.</summary>
internal sealed record EnvironmentExport(string Name, IReadOnlyList<Variable> Values)
{
    [JsonPropertyName("_postman_variable_scope")]
    public string Scope { get; } = "environment";
}
