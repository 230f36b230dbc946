using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>Which URL of a mock is published.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublishedAddress>))]
public enum PublishedAddress
{
    /// <summary>That inside the cluster.</summary>
    Internal,

    /// <summary>The first one outside, once the mock is exposed.</summary>
    External,
}
