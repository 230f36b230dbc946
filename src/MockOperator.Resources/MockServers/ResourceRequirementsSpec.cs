using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>Compute resources of a container, as in a pod spec.</summary>
public sealed record ResourceRequirementsSpec
{
    /// <summary>What is reserved, by resource name.</summary>
    [JsonConverter(typeof(QuantityMapConverter))]
    public IReadOnlyDictionary<string, string>? Requests { get; init; }

    /// <summary>What is allowed at most, by resource name.</summary>
    [JsonConverter(typeof(QuantityMapConverter))]
    public IReadOnlyDictionary<string, string>? Limits { get; init; }
}
