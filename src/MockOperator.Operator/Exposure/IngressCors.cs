using System.Text.Json.Nodes;

namespace MockOperator.Operator.Exposure;

/// <summary>CORS rules as an ingress controller takes them.</summary>
/// <param name="Annotations">Annotations of the Ingress.</param>
/// <param name="Middleware">The spec of a Traefik Middleware, or null.</param>
public sealed record IngressCors(IReadOnlyDictionary<string, string> Annotations, JsonObject? Middleware = null)
{
    /// <summary>Nothing to render: the runtime speaks CORS, or nobody.</summary>
    public static IngressCors None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));
}
