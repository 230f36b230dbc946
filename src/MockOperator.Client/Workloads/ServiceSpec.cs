using System.Text.Json.Serialization;

namespace MockOperator.Client.Workloads;

/// <summary>Where a Service is called.</summary>
public sealed class ServiceSpec
{
    /// <summary><c>ClusterIP</c>, <c>NodePort</c> or <c>LoadBalancer</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Its address in the cluster.</summary>
    [JsonPropertyName("clusterIP")]
    public string? ClusterIP { get; set; }

    /// <summary>Its ports.</summary>
    public IReadOnlyList<ServicePort>? Ports { get; set; }
}
