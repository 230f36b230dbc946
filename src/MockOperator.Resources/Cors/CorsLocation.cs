using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>Who answers preflights and adds the CORS headers: never both.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CorsLocation>))]
public enum CorsLocation
{
    /// <summary>The runtime, which works behind every ingress controller and inside the cluster.</summary>
    Runtime,

    /// <summary>The ingress controller, from rules that the operator renders for it. The runtime is silent then.</summary>
    Ingress,
}
