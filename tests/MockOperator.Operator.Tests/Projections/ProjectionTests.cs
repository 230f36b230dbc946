using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Kinds;
using MockOperator.Operator.Projections;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Projections;

/// <summary>However large objects are, and wherever they are large, the stores keep little of each.</summary>
public sealed class ProjectionTests
{
    private const int Large = 1_400_000;

    // The largest that honest use comes near: a ConfigMap in which 64 mocks publish their URLs.
    private const int Kept = 128 * 1024;

    private static readonly JsonSerializerOptions s_json = ApiJson.Create(ResourceJson.Default);

    /// <summary>Where anybody can put a megabyte into an object, by kind. LARGE is replaced by the text, MANY by many short ones.</summary>
    public static TheoryData<string, string> Objects => new()
    {
        { "mock", """{"spec":{"collection":{"postman":{"x":"LARGE"}}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"name":"LARGE"}]}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"request":{"path":"/LARGE"}}]}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"request":{"headers":MANY}}]}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"response":{"headers":MANY}}]}}}""" },
        { "mock", """{"spec":{"environment":{"variables":[{"name":"x","value":"LARGE"}]}}}""" },
        { "mock", """{"spec":{"serverResponse":{"status":500,"body":"LARGE"}}}""" },
        { "mock", """{"spec":{"serverResponse":{"status":500,"headers":MANY}}}""" },
        { "mock", """{"spec":{"podTemplate":{"metadata":{"annotations":{"x":"LARGE"}}}}}""" },
        { "mock", """{"spec":{"affinity":{"x":"LARGE"}}}""" },
        { "mock", """{"spec":{"tolerations":[{"key":"LARGE"}]}}""" },
        { "mock", """{"spec":{"topologySpreadConstraints":[{"topologyKey":"LARGE"}]}}""" },
        { "mock", """{"spec":{"ingress":{"annotations":MANY}}}""" },
        { "mock", """{"spec":{},"status":{"conditions":[{"type":"Ready","status":"True","reason":"X","message":"LARGE"}]}}""" },
        { "mock", """{"spec":{},"metadata":{"annotations":MANY}}""" },
        { "mock", """{"spec":{},"metadata":{"ownerReferences":OWNERS}}""" },
        { "mock", """{"spec":{},"metadata":{"managedFields":MANAGERS}}""" },
        { "collection", """{"spec":{"postman":{"x":"LARGE"}}}""" },
        { "collection", """{"spec":{"versions":[{"tag":"v1","examples":[{"response":{"body":"LARGE"}}]}]}}""" },
        { "collection", """{"spec":{},"metadata":{"labels":MANY}}""" },
        { "collection", """{"spec":{},"status":{"conditions":[{"type":"Ready","status":"True","reason":"X","message":"LARGE"}]}}""" },
        { "configmap", """{"metadata":{"annotations":{"mockoperator.dev/x":"LARGE"}}}""" },
        { "configmap", """{"metadata":{"annotations":{"publish.mockoperator.dev/x":"LARGE"}}}""" },
        { "configmap", """{"metadata":{"annotations":OURS}}""" },
        { "configmap", """{"metadata":{"annotations":PUBLISHERS}}""" },
        { "configmap", """{"metadata":{"labels":{"app.kubernetes.io/managed-by":"mock-operator"},"annotations":OURS}}""" },
        { "configmap", """{"metadata":{"ownerReferences":OWNERS}}""" },
        { "configmap", """{"metadata":{"managedFields":MANAGERS}}""" },
        { "deployment", """{"spec":{"selector":{},"template":{"metadata":{"annotations":{"x":"LARGE"}}}}}""" },
        { "deployment", """{"status":{"conditions":[{"type":"Progressing","status":"True","message":"LARGE"}]}}""" },
        { "deployment", """{"metadata":{"annotations":OURS}}""" },
        { "deployment", """{"metadata":{"managedFields":MANAGERS}}""" },
        { "service", """{"metadata":{"annotations":MANY,"ownerReferences":OWNERS}}""" },
        { "serviceaccount", """{"imagePullSecrets":[{"name":"LARGE"}],"secrets":[{"name":"LARGE"}]}""" },
        { "ingress", """{"metadata":{"annotations":{"traefik.ingress.kubernetes.io/router.middlewares":"LARGE"}}}""" },
        { "ingress", """{"status":{"loadBalancer":{"ingress":[{"hostname":"LARGE"}]}}}""" },
        { "pod", """{"spec":{"containers":[]},"status":{"conditions":[{"type":"PodScheduled","status":"False","message":"LARGE"}]}}""" },
        { "pod", """{"status":{"containerStatuses":[{"name":"x","ready":false,"restartCount":0,"image":"","imageID":"","state":{"waiting":{"reason":"X","message":"LARGE"}}}]}}""" },
        { "pod", """{"metadata":{"annotations":OURS}}""" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Little_is_kept_of_a_large_object(string kind, string template)
    {
        byte[] json = Encoding.UTF8.GetBytes(Fill(template));
        Assert.InRange(json.Length, Large / 2, Large * 3);

        byte[] kept = kind switch
        {
            "mock" => Keep<MockServer>(json, MockServerProjection.Of),
            "collection" => Keep<Collection>(json, CollectionProjection.Of),
            "configmap" => Keep<MetadataOf<V1ConfigMap>>(json, ConfigMapProjection.Of),
            "deployment" => Keep<V1Deployment>(json, ChildProjection.Of),
            "service" => Keep<V1Service>(json, ChildProjection.Of),
            "serviceaccount" => Keep<V1ServiceAccount>(json, ChildProjection.Of),
            "ingress" => Keep<V1Ingress>(json, ChildProjection.Of),
            _ => Keep<V1Pod>(json, PodProjection.Of),
        };

        Assert.InRange(kept.Length, 1, Kept);
    }

    [Fact]
    public void What_is_small_is_kept_as_it_is()
    {
        MockServer mock = Read<MockServer>(Encoding.UTF8.GetBytes(Fill(
            """{"metadata":{"name":"a","annotations":{"x":"y"}},"spec":{"environment":{"variables":[{"name":"x","value":"1"}]},"podTemplate":{"metadata":{}},"serverResponse":{"status":500,"body":"no"}},"status":{"url":"http://a"}}""")));

        MockServer kept = MockServerProjection.Of(mock);

        Assert.False(kept.IsTrimmed || kept.IsOutlined);
        Assert.Equal("1", Assert.Single(kept.Spec!.Environment!.Variables!).Value);
        Assert.Equal("no", kept.Spec.ServerResponse!.Body);
        Assert.NotNull(kept.Spec.PodTemplate);
        Assert.Equal("http://a", kept.Status!.Url);
        Assert.Equal("y", kept.Metadata.Annotations["x"]);
    }

    private static byte[] Keep<T>(byte[] json, Func<T, T> keep)
        where T : class, IKubernetesObject<V1ObjectMeta> => JsonSerializer.SerializeToUtf8Bytes(keep(Read<T>(json)), s_json);

    private static T Read<T>(byte[] json)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        T entity = JsonSerializer.Deserialize<T>(json, s_json)!;
        entity.Metadata ??= new V1ObjectMeta { Name = "a" };
        return entity;
    }

    private static string Fill(string template) => template
        .Replace("LARGE", new string('x', Large), StringComparison.Ordinal)
        .Replace("MANY", Map("key", 100), StringComparison.Ordinal)
        .Replace("OURS", Map("mockoperator.dev/key", 100), StringComparison.Ordinal)
        .Replace("PUBLISHERS", Map("publish.mockoperator.dev/key", 100), StringComparison.Ordinal)
        .Replace("OWNERS", Array("""{"apiVersion":"v1","kind":"K","name":"NUMBER","uid":"NUMBER","controller":true}"""), StringComparison.Ordinal)
        .Replace("MANAGERS", Array("""{"manager":"mock-operator-NUMBER","operation":"Apply","fieldsV1":{"f:data":{"f:NUMBER":{}}}}"""), StringComparison.Ordinal);

    private static string Map(string prefix, int length) =>
        "{" + string.Join(',', Enumerable.Range(0, Large / (length + prefix.Length + 10)).Select(number => $"\"{prefix}-{number}\":\"{new string('v', length)}\"")) + "}";

    private static string Array(string item) => "[" + string.Join(',', Enumerable.Range(0, Large / item.Length).Select(number => item.Replace("NUMBER", $"{number}", StringComparison.Ordinal))) + "]";
}
