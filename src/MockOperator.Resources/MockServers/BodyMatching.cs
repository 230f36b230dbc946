using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>How bodies are compared.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BodyMatching>))]
public enum BodyMatching
{
    /// <summary>A body never excludes an example; an equal one earns a bonus.</summary>
    Off,

    /// <summary>The whole body must be equal.</summary>
    Exact,

    /// <summary>All that the example's body says must be in the request's; more may be.</summary>
    Subset,
}
