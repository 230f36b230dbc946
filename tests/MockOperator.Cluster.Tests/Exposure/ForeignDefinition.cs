using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Exposure;

/// <summary>A CustomResourceDefinition of another project, made from the types that hack/schemas fetches.</summary>
internal sealed class ForeignDefinition(string group, string version, string kind, string plural, JsonObject schema)
{
    private string Path => $"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.{group}";

    /// <summary>The HTTPRoute of Gateway API v1.0, whose filters know no CORS: the schema of its own CustomResourceDefinition.</summary>
    public static async Task<ForeignDefinition> RouteWithoutCorsAsync() => Route(await SchemaAsync("gateway-api-0.5.0/gateway.networking.k8s.io/v1/HTTPRoute.js"));

    /// <summary>The Gateway of Gateway API v1.0: the schema of its own CustomResourceDefinition, by which a Gateway has conditions before its controller has seen it.</summary>
    public static async Task<ForeignDefinition> GatewayAsync() =>
        new("gateway.networking.k8s.io", "v1", "Gateway", "gateways", Own(await SchemaAsync("gateway-api-0.5.0/gateway.networking.k8s.io/v1/Gateway.js")));

    /// <summary>The HTTPRoute since Gateway API v1.5, with a CORS filter as strict as that of any version that has one.</summary>
    public static async Task<ForeignDefinition> RouteWithCorsAsync()
    {
        var schema = DeclaredTypes.SchemaOf(await FileAsync("gateway-api-2.0.0/gateway.networking.k8s.io/v1/HTTPRoute.d.ts"));
        var filter = schema["properties"]!["spec"]!["properties"]!["rules"]!["items"]!["properties"]!["filters"]!["items"]!["properties"]!["cors"]!["properties"]!.AsObject();
        // What types do not say. From config/crd of kubernetes-sigs/gateway-api (Apache-2.0): v1.5, and for allowCredentials v1.3.
        foreach (var (field, bounds) in JsonNode.Parse("""
            {
              "allowCredentials": {"enum": [true]},
              "allowHeaders": {"maxItems": 64, "x-kubernetes-list-type": "set"},
              "allowMethods": {"maxItems": 9, "x-kubernetes-list-type": "set"},
              "allowOrigins": {"maxItems": 64, "x-kubernetes-list-type": "set", "items": {"type": "string", "minLength": 1, "maxLength": 253,
                "pattern": "(^\\*$)|(^(http(s)?):\\/\\/(((\\*\\.)?([a-zA-Z0-9\\-]+\\.)*[a-zA-Z0-9-]+|\\*)(:([0-9]{1,5}))?)$)"}},
              "exposeHeaders": {"maxItems": 64, "x-kubernetes-list-type": "set"},
              "maxAge": {"type": "integer", "format": "int32", "minimum": 1}
            }
            """)!.AsObject())
        {
            foreach (var (keyword, value) in bounds!.AsObject())
                filter[field]![keyword] = value!.DeepClone();
        }

        return Route(schema);
    }

    /// <summary>The Middleware of Traefik v3.</summary>
    public static async Task<ForeignDefinition> MiddlewareAsync() =>
        new("traefik.io", "v1alpha1", "Middleware", "middlewares", Own(DeclaredTypes.SchemaOf(await FileAsync("traefik-2.0.0/traefik.io/v1alpha1/Middleware.d.ts"))));

    /// <summary>Installs it, or puts it in the place of another version, and waits until objects of it can be written.</summary>
    public async Task InstallAsync(TestCluster cluster)
    {
        await cluster.Api.ApplyAsync(Path, new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{plural}.{group}",
                // Groups of the Kubernetes project ask for it.
                ["annotations"] = new JsonObject { ["api-approved.kubernetes.io"] = "unapproved, a test's copy" },
            },
            ["spec"] = new JsonObject
            {
                ["group"] = group,
                ["scope"] = "Namespaced",
                ["names"] = new JsonObject { ["kind"] = kind, ["listKind"] = kind + "List", ["plural"] = plural, ["singular"] = kind.ToLowerInvariant() },
                ["versions"] = new JsonArray(new JsonObject
                {
                    ["name"] = version,
                    ["served"] = true,
                    ["storage"] = true,
                    ["schema"] = new JsonObject { ["openAPIV3Schema"] = schema.DeepClone() },
                    ["subresources"] = schema["properties"]!["status"] is null ? null : new JsonObject { ["status"] = new JsonObject() },
                }),
            },
        });
        await Eventually.TrueAsync(
            $"{plural}.{group} is established",
            async () =>
            {
                var conditions = (await cluster.Api.GetAsync(Path))["status"]!["conditions"]!.AsArray();
                Assert.DoesNotContain(conditions, condition => (string?)condition!["type"] == "NonStructuralSchema" && (string?)condition["status"] == "True");
                return conditions.Any(condition => (string?)condition!["type"] == "Established" && (string?)condition["status"] == "True");
            },
            cluster.StateAsync);
    }

    /// <summary>Removes it with all its objects.</summary>
    public Task RemoveAsync(TestCluster cluster) => cluster.Api.DeleteAsync(Path);

    private static ForeignDefinition Route(JsonObject schema) => new("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes", Own(schema));

    /// <summary>The schema without what the API server says of every object itself.</summary>
    private static JsonObject Own(JsonObject schema)
    {
        var properties = schema["properties"]!.AsObject();
        properties["apiVersion"] = new JsonObject { ["type"] = "string" };
        properties["kind"] = new JsonObject { ["type"] = "string" };
        properties["metadata"] = new JsonObject { ["type"] = "object" };
        return schema;
    }

    private static async Task<JsonObject> SchemaAsync(string path)
    {
        var lines = await File.ReadAllLinesAsync(await FileAsync(path));
        var literal = lines.SkipWhile(line => line != "const schema = {").TakeWhile(line => line != "};").Skip(1);
        return JsonNode.Parse($"{{{string.Join('\n', literal)}}}")!.AsObject();
    }

    private static async Task<string> FileAsync(string path) => System.IO.Path.Combine((await Command.ScriptAsync("schemas")).Trim(), path);
}
