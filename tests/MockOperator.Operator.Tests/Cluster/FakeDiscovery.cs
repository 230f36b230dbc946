using System.Text.Json.Nodes;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>What the fake cluster says of the kinds that not every cluster has.</summary>
internal static class FakeDiscovery
{
    private static readonly (string ApiVersion, string Plural, string Kind)[] s_kinds =
    [
        ("gateway.networking.k8s.io/v1", "httproutes", "HTTPRoute"),
        ("gateway.networking.k8s.io/v1", "gateways", "Gateway"),
        ("traefik.io/v1alpha1", "middlewares", "Middleware"),
        ("networking.k8s.io/v1", "ingressclasses", "IngressClass"),
    ];

    /// <summary>Whether a request is one for discovery: <c>/apis</c> or <c>/apis/GROUP/VERSION</c>.</summary>
    public static bool Asks(string path) => path == "/apis" || (path.StartsWith("/apis/", StringComparison.Ordinal) && path.Trim('/').Split('/').Length == 3);

    /// <summary>The answer; null for 404.</summary>
    public static JsonObject? Answer(string path, IEnumerable<string> absent)
    {
        (string ApiVersion, string Plural, string Kind)[] served = [.. s_kinds.Where(kind => !absent.Contains(kind.Plural, StringComparer.Ordinal))];
        if (path == "/apis")
        {
            JsonNode[] groups = [.. served.Select(static kind => new JsonObject { ["versions"] = new JsonArray(new JsonObject { ["groupVersion"] = kind.ApiVersion }) })];
            return new JsonObject { ["groups"] = new JsonArray(groups) };
        }

        JsonNode[] resources = [.. served.Where(kind => path == "/apis/" + kind.ApiVersion).Select(static kind => new JsonObject { ["name"] = kind.Plural, ["kind"] = kind.Kind })];
        return resources.Length > 0 ? new JsonObject { ["resources"] = new JsonArray(resources) } : null;
    }
}
