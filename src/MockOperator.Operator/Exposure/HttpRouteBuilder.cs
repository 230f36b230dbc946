using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>The HTTPRoute of a mock. The runtime strips the path prefix, so that only core features of the Gateway API are needed.</summary>
public static class HttpRouteBuilder
{
    /// <summary>Builds it.</summary>
    /// <param name="mock">The mock, whose spec has a gateway.</param>
    /// <param name="addresses">Where it is to be found; all with one path.</param>
    /// <param name="cors">The rules of the CORS filter (<see cref="CorsAtGateway"/>), or null when the runtime speaks CORS.</param>
    public static HttpRoute Build(MockServer mock, IReadOnlyList<ExternalAddress> addresses, JsonObject? cors)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(addresses);
        var rule = new JsonObject
        {
            ["matches"] = new JsonArray(new JsonObject { ["path"] = new JsonObject { ["type"] = "PathPrefix", ["value"] = addresses[0].Path } }),
            // The group is left to the default: server-side apply of some servers takes an empty text for null.
            ["backendRefs"] = new JsonArray(new JsonObject
            {
                ["kind"] = "Service",
                ["name"] = ChildNames.Service(mock.Metadata.Name),
                ["port"] = ServiceBuilder.Port,
                ["weight"] = 1,
            }),
        };
        if (cors is not null)
            rule["filters"] = new JsonArray(new JsonObject { ["type"] = "CORS", ["cors"] = cors });

        return new HttpRoute
        {
            Metadata = ChildMetadata.Of(mock, ChildNames.Workload(mock.Metadata.Name)),
            Spec = new JsonObject
            {
                ["parentRefs"] = new JsonArray([.. mock.Spec!.Gateway!.ParentRefs!.Select(Parent)]),
                ["hostnames"] = new JsonArray([.. addresses.Select(static address => JsonValue.Create(address.Host))]),
                ["rules"] = new JsonArray(rule),
            },
        };
    }

    private static JsonObject Parent(GatewayParentReference reference)
    {
        var parent = new JsonObject { ["group"] = reference.Group ?? GatewayParentReference.DefaultGroup, ["kind"] = reference.Kind ?? GatewayParentReference.DefaultKind, ["name"] = reference.Name };
        if (reference.Namespace is { } ns)
            parent["namespace"] = ns;
        if (reference.SectionName is { } section)
            parent["sectionName"] = section;
        if (reference.Port is { } port)
            parent["port"] = port;
        return parent;
    }
}
