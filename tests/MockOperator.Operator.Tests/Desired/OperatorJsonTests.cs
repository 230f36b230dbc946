using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Tests.Desired;

/// <summary>The operator names its kinds instead of knowing all: what it reads and writes must be what the package would.</summary>
public sealed class OperatorJsonTests
{
    private static readonly JsonSerializerOptions s_own = ApiJson.Create(OperatorJson.Default);
    private static readonly JsonSerializerOptions s_package = ApiJson.Create(SourceGenerationContext.Default);

    [Fact]
    public void A_Deployment_is_read_and_written_as_the_package_does() => Same<V1Deployment>("""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","creationTimestamp":"2026-01-02T03:04:05Z","labels":{"a/b":"c"},"managedFields":[{"manager":"m","fieldsV1":{"f:spec":{}}}]},
        "spec":{"replicas":0,"strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":0}},"template":{"spec":{"containers":[{"name":"c","resources":{"limits":{"memory":"128Mi","cpu":"0.5"}},
        "livenessProbe":{"httpGet":{"path":"/livez","port":"admin"}},"ports":[{"containerPort":8080,"hostIP":"::"}]}],"volumes":[{"name":"v","projected":{"sources":[{"configMap":{"name":"x","optional":true}}]}}]}}},
        "status":{"availableReplicas":2,"conditions":[{"type":"Available","status":"True","lastUpdateTime":"2026-01-02T03:04:05Z"}]}}
        """);

    [Fact]
    public void A_Pod_is_read_and_written_as_the_package_does() => Same<V1Pod>("""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","deletionTimestamp":"2026-01-02T03:04:05Z"},"spec":{"nodeName":"n","containers":[{"name":"c","env":[{"name":"E","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}]}]},
        "status":{"podIP":"10.0.0.1","podIPs":[{"ip":"10.0.0.1"}],"startTime":"2026-01-02T03:04:05Z","containerStatuses":[{"name":"c","ready":true,"restartCount":3,"image":"i","imageID":"d","state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}}
        """);

    [Fact]
    public void A_Service_is_read_and_written_as_the_package_does() => Same<V1Service>("""
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"clusterIP":"None","ports":[{"port":80,"targetPort":"http"},{"port":81,"targetPort":8081}]},"status":{"loadBalancer":{"ingress":[{"hostname":"h"}]}}}
        """);

    [Fact]
    public void An_Ingress_is_read_and_written_as_the_package_does() => Same<V1Ingress>("""
        {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"a"},"spec":{"ingressClassName":"c","tls":[{"hosts":["h"],"secretName":"s"}],"rules":[{"host":"h","http":{"paths":[{"path":"/","pathType":"Prefix",
        "backend":{"service":{"name":"s","port":{"name":"http"}}}}]}}]},"status":{"loadBalancer":{"ingress":[{"ip":"10.0.0.2"}]}}}
        """);

    [Fact]
    public void Bytes_of_a_Secret_and_of_a_ConfigMap_stay_what_they_are()
    {
        Same<V1Secret>("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"type":"Opaque","immutable":true,"data":{"k":"AAH/"}}""");
        Same<V1ConfigMap>("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"v"},"binaryData":{"b":"AAH/"}}""");
    }

    private static void Same<T>(string json)
    {
        T own = JsonSerializer.Deserialize(json, ApiJson.TypeOf<T>(s_own))!;
        T package = JsonSerializer.Deserialize(json, ApiJson.TypeOf<T>(s_package))!;

        JsonNode written = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(own, ApiJson.TypeOf<T>(s_own)))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(package, ApiJson.TypeOf<T>(s_package))), written), written.ToJsonString());
        Assert.Equal(Leaves(JsonNode.Parse(json)!), Leaves(written));
    }

    private static int Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.Sum(static member => Leaves(member.Value)),
        JsonArray items => items.Sum(Leaves),
        _ => 1,
    };
}
