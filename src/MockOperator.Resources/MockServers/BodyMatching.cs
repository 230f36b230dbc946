using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>How bodies are compared. No name is one that YAML 1.1 reads as something else.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BodyMatching>))]
public enum BodyMatching
{
    /// <summary>A body never excludes an example; an equal one earns a bonus.</summary>
    Ignore,

    /// <summary>The whole body must be equal.</summary>
    Exact,

    /// <summary>All that the example's body says must be in the request's; more may be.</summary>
    Subset,
}
