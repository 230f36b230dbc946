using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Projections;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Projections;

/// <summary>However large objects are, and wherever they are large, the stores keep little of each.</summary>
public sealed class ProjectionTests
{
    private const int Large = 1_400_000;

    // The largest that honest use comes near: a ConfigMap in which 64 mocks publish their URLs.
    private const int Kept = 128 * 1024;

    private static readonly JsonSerializerOptions s_json = ApiJson.Create(ResourceJson.Default, KindJson.Default, OperatorJson.Default, StoredMetadataJson.Default);

    /// <summary>Where anybody can put a megabyte into an object, by kind. LARGE is replaced by the text, MANY by many short ones, PAIRS by many names and values.</summary>
    public static TheoryData<string, string> Objects => new()
    {
        { "mock", """{"spec":{"collection":{"postman":{"x":"LARGE"}}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"name":"LARGE"}]}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"name": "/LARGE", "request":{"path":"/LARGE"}}]}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"request":{"headers":PAIRS}}]}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"request":{"query":PAIRS}}]}}}""" },
        { "mock", """{"spec":{"collection":{"examples":[{"response":{"headers":PAIRS}}]}}}""" },
        { "mock", """{"spec":{"environment":{"variables":[{"name":"x","value":"LARGE"}]}}}""" },
        { "mock", """{"spec":{"serverResponses":[{"name":"a","status":500},{"name":"down","status":500,"body":"LARGE"}]}}""" },
        { "mock", """{"spec":{"serverResponses":[{"name":"down","status":500,"headers":PAIRS}]}}""" },
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
        { "quota", """{"spec":{"calls":1},"status":{"ledger":{"serial":1,"holders":HOLDERS}}}""" },
        { "quota", """{"spec":{"calls":1},"status":{"mocks":MOCKS}}""" },
        { "quota", """{"spec":{"calls":1},"status":{"history":[{"period":"LARGE","used":1}]}}""" },
        { "quota", """{"spec":{"calls":1},"status":{"conditions":[{"type":"Ready","status":"True","reason":"X","message":"LARGE"}]}}""" },
        { "quota", """{"spec":{"calls":1,"selector":{"matchNames":["LARGE"]}}}""" },
        { "quota", """{"spec":{"calls":1,"selector":{"matchLabels":MANY}}}""" },
        { "quota", """{"spec":{"calls":1,"selector":{"matchExpressions":[{"key":"x","operator":"In","values":["LARGE"]}]}}}""" },
        { "quota", """{"spec":{"calls":1},"metadata":{"annotations":MANY,"labels":MANY,"ownerReferences":OWNERS}}""" },
        { "quota", """{"spec":{"calls":1},"metadata":{"managedFields":FIELDS}}""" },
        { "route", """{"spec":{"rules":[{"name":"LARGE"}]}}""" },
        { "route", """{"status":{"parents":[{"parentRef":{"name":"edge"},"conditions":[{"type":"Accepted","status":"False","reason":"LARGE","message":"LARGE"}]}]}}""" },
        { "route", """{"status":{"parents":[{"parentRef":{"name":"LARGE","sectionName":"LARGE"},"conditions":[{"type":"Accepted","status":"True"}]}]}}""" },
        { "gateway", """{"metadata":{"annotations":MANY,"ownerReferences":OWNERS}}""" },
        { "gateway", """{"metadata":{"labels":MANY,"managedFields":FIELDS}}""" },
        { "gateway", """{"spec":{"listeners":LISTENERS}}""" },
        { "gateway", """{"spec":{"listeners":[{"name":"LARGE","port":80,"protocol":"HTTP","hostname":"LARGE"}]}}""" },
        { "gateway", """{"spec":{"listeners":[{"name":"a","port":80,"protocol":"HTTP","tls":{"options":MANY}}]}}""" },
        { "gateway", """{"status":{"addresses":[{"value":"LARGE"}],"listeners":[{"name":"a","conditions":[{"type":"Programmed","status":"False","message":"LARGE"}]}]}}""" },
        { "gateway", """{"status":{"conditions":[{"type":"Programmed","status":"False","reason":"LARGE","message":"LARGE"}]}}""" },
        { "route", """{"status":{"parents":PARENTS}}""" },
        { "route", """{"metadata":{"annotations":OURS,"managedFields":FIELDS}}""" },
        { "middleware", """{"spec":{"headers":{"customResponseHeaders":MANY}}}""" },
        { "middleware", """{"metadata":{"annotations":OURS,"managedFields":FIELDS}}""" },
        { "ingressclass", """{"metadata":{"annotations":MANY,"labels":MANY}}""" },
        { "ingressclass", """{"metadata":{"annotations":{"ingressclass.kubernetes.io/is-default-class":"LARGE"}}}""" },
        { "ingressclass", """{"spec":{"controller":"LARGE"}}""" },
        { "ingressclass", """{"spec":{"controller":"x","parameters":{"kind":"K","name":"LARGE"}}}""" },
        { "replicaset", """{"metadata":{"annotations":MANY,"labels":MANY}}""" },
        { "replicaset", """{"metadata":{"annotations":OURS,"ownerReferences":OWNERS}}""" },
        { "replicaset", """{"metadata":{"managedFields":MANAGERS}}""" },
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
            "quota" => Keep<MockQuota>(json, MockQuotaProjection.Of),
            "route" => Keep<HttpRoute>(json, ChildProjection.Of),
            "gateway" => Keep<Gateway>(json, GatewayProjection.Of),
            "middleware" => Keep<TraefikMiddleware>(json, ChildProjection.Of),
            "ingressclass" => Keep<V1IngressClass>(json, IngressClassProjection.Of),
            "replicaset" => Keep<MetadataOf<V1ReplicaSet>>(json, ReplicaSetProjection.Of),
            "pod" => Keep<V1Pod>(json, PodProjection.Of),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of the stores"),
        };

        Assert.InRange(kept.Length, 1, Kept);
    }

    [Fact]
    public void What_is_small_is_kept_as_it_is()
    {
        MockServer mock = Read<MockServer>(Encoding.UTF8.GetBytes(Fill(
            """{"metadata":{"name":"a","annotations":{"x":"y"}},"spec":{"environment":{"variables":[{"name":"x","value":"1"}]},"podTemplate":{"metadata":{}},"serverResponses":[{"name":"down","status":500,"body":"no"}]},"status":{"url":"http://a"}}""")));

        MockServer kept = MockServerProjection.Of(mock);

        Assert.False(kept.IsTrimmed || kept.IsOutlined);
        Assert.Equal("1", Assert.Single(kept.Spec!.Environment!.Variables!).Value);
        Assert.Equal("no", Assert.Single(kept.Spec.ServerResponses!).Body);
        Assert.NotNull(kept.Spec.PodTemplate);
        Assert.Equal("http://a", kept.Status!.Url);
        Assert.Equal("y", kept.Metadata.Annotations["x"]);
    }

    [Fact]
    public void Of_a_quota_its_terms_and_sums_are_kept_and_its_books_are_not()
    {
        MockQuota quota = Read<MockQuota>(Encoding.UTF8.GetBytes(
            """
            {"metadata":{"name":"team","namespace":"demo","uid":"u","resourceVersion":"7","generation":2},
             "spec":{"calls":9,"period":"Day","timeZone":"Europe/Berlin","selector":{"matchNames":["a"],"matchLabels":{"tier":"x"},"matchExpressions":[{"key":"app","operator":"In","values":["b"]}]},"warnAt":[50],"onExhaustedGrant":"Allow"},
             "status":{"observedGeneration":2,"period":"2026-11-27","limit":9,"used":3,"granted":2,"lost":1,"remaining":4,"coveredMocks":5,
                       "ledger":{"serial":3,"holders":[{"mock":"a","pod":"p","instance":"i","period":"2026-11-27"}]},"mocks":[{"name":"a","calls":3}],"history":[{"period":"2026-11-26","used":1}]}}
            """));
        MockQuotaSpec spec = quota.Spec!;

        MockQuota kept = MockQuotaProjection.Of(quota);

        Assert.Same(spec, kept.Spec);
        Assert.False(kept.IsSelectorLeftOut);
        Assert.Equal(("team", "demo", "u", "7", 2L), (kept.Metadata.Name, kept.Metadata.NamespaceProperty, kept.Metadata.Uid, kept.Metadata.ResourceVersion, kept.Metadata.Generation));
        Assert.Equal(
            new MockQuotaStatus { ObservedGeneration = 2, Period = "2026-11-27", Limit = 9, Used = 3, Granted = 2, Lost = 1, Remaining = 4, CoveredMocks = 5 },
            kept.Status! with { Mocks = null });
        Assert.Equal([new MockUsage { Name = "a", Calls = 3 }], kept.Status.Mocks);
    }

    [Fact]
    public void Of_a_quota_whose_selector_breaks_a_rule_the_store_says_that_it_was_left_out()
    {
        MockQuota kept = MockQuotaProjection.Of(Read<MockQuota>(Encoding.UTF8.GetBytes("""{"spec":{"calls":9,"selector":{"matchNames":[]}}}""")));

        Assert.True(kept.IsSelectorLeftOut);
        Assert.Null(kept.Spec!.Selector);
        Assert.Equal(9, kept.Spec.Calls);
    }

    [Fact]
    public void Of_a_route_what_its_Gateways_say_of_accepting_it_is_kept_those_that_accept_it_first()
    {
        HttpRoute route = Read<HttpRoute>(Encoding.UTF8.GetBytes(
            """
            {"metadata":{"name":"a","generation":4},
             "status":{"parents":[{"parentRef":{"name":"edge","sectionName":"https","port":443},"conditions":[{"type":"Accepted","status":"False","reason":"NotAllowedByListeners","message":"no","observedGeneration":4},{"type":"ResolvedRefs","status":"True"}]},
                                  {"conditions":[{"type":"Accepted","status":"True","reason":"Accepted","message":"said by nobody knows whom"}]},
                                  {"parentRef":{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"inner","namespace":"infra"},"conditions":[{"type":"Accepted","status":"True","reason":"Accepted","message":"yes","observedGeneration":3}]}]}}
            """));
        List<RouteAcceptance> said = [.. RouteAcceptance.Of(route)];

        HttpRoute kept = ChildProjection.Of(route);

        Assert.Equal(2, said.Count);
        Assert.True(said[0].IsAccepted);
        Assert.Equal(said, RouteAcceptance.Of(kept));
        Assert.Equal(4, kept.Metadata.Generation);
    }

    [Theory]
    [InlineData("deployment")]
    [InlineData("service")]
    [InlineData("serviceaccount")]
    [InlineData("ingress")]
    [InlineData("route")]
    [InlineData("middleware")]
    [InlineData("quota")]
    public void Of_a_child_it_is_kept_whose_it_is_what_was_applied_and_which_fields_are_ours(string kind)
    {
        byte[] json = Encoding.UTF8.GetBytes(
            """
            {"metadata":{"name":"a","labels":{"mockoperator.dev/mock-server":"m","app.kubernetes.io/managed-by":"mock-operator","theirs":"x"},
                         "annotations":{"mockoperator.dev/applied":"hash","theirs":"x"},
                         "ownerReferences":[{"apiVersion":"v1","kind":"Other","name":"o","uid":"o"},{"apiVersion":"v1","kind":"MockServer","name":"m","uid":"u","controller":true}],
                         "managedFields":[{"manager":"kubectl","operation":"Update","fieldsV1":{"f:data":{}}},{"manager":"mock-operator","operation":"Apply","fieldsV1":{"f:spec":{}}}]}}
            """);

        V1ObjectMeta kept = kind switch
        {
            "deployment" => ChildProjection.Of(Read<V1Deployment>(json)).Metadata,
            "service" => ChildProjection.Of(Read<V1Service>(json)).Metadata,
            "serviceaccount" => ChildProjection.Of(Read<V1ServiceAccount>(json)).Metadata,
            "ingress" => ChildProjection.Of(Read<V1Ingress>(json)).Metadata,
            "route" => ChildProjection.Of(Read<HttpRoute>(json)).Metadata,
            "middleware" => ChildProjection.Of(Read<TraefikMiddleware>(json)).Metadata,
            _ => MockQuotaProjection.Of(Read<MockQuota>(json)).Metadata,
        };

        Assert.Equal(["app.kubernetes.io/managed-by", "mockoperator.dev/mock-server"], kept.Labels.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("hash", Assert.Single(kept.Annotations).Value);
        Assert.Equal("u", Assert.Single(kept.OwnerReferences).Uid);
        V1ManagedFieldsEntry ours = Assert.Single(kept.ManagedFields);
        Assert.Equal("mock-operator", ours.Manager);
        Assert.Equal("""{"f:spec":{}}""", Encoding.UTF8.GetString(Assert.IsType<byte[]>(ours.FieldsV1)));
    }

    [Fact]
    public void Of_a_Gateway_all_is_kept_that_decides_where_its_routes_are_found()
    {
        Gateway gateway = Read<Gateway>(Encoding.UTF8.GetBytes(
            """
            {"metadata":{"name":"edge","namespace":"infra","generation":4,"annotations":{"theirs":"x"}},
             "spec":{"gatewayClassName":"any","listeners":[
               {"name":"http","port":80,"protocol":"HTTP"},
               {"name":"https","port":8443,"protocol":"HTTPS","hostname":"*.example.com","allowedRoutes":{"namespaces":{"from":"Selector"}}},
               {"name":"tls","port":443,"protocol":"TLS"},"rubbish",{"name":"portless","protocol":"HTTP"}]},
             "status":{"addresses":[{"type":"IPAddress","value":"192.0.2.1"},{"value":""}],
               "listeners":[{"name":"http","conditions":[{"type":"Programmed","status":"False","reason":"Invalid"}]},{"name":"https","attachedRoutes":3}],
               "conditions":[{"type":"Accepted","status":"True"},{"type":"Programmed","status":"False","reason":"Pending","message":"wait"}]}}
            """));
        GatewayState state = GatewayState.Of(gateway);

        Gateway kept = GatewayProjection.Of(gateway);

        Assert.Equal(
            new GatewayState([new("http", null, 80, false, true, false), new("https", "*.example.com", 8443, true, false, true)], ["192.0.2.1"], false, "Pending", "wait"), state);
        Assert.Equal(state, GatewayState.Of(kept));
        Assert.Equal(("edge", "infra", 4L), (kept.Metadata.Name, kept.Metadata.NamespaceProperty, kept.Metadata.Generation));
        Assert.Null(kept.Metadata.Annotations);
    }

    [Fact]
    public void Of_an_IngressClass_its_controller_is_kept_and_whether_it_is_the_default()
    {
        V1IngressClass kept = IngressClassProjection.Of(Read<V1IngressClass>(Encoding.UTF8.GetBytes(
            """
            {"metadata":{"name":"edge","annotations":{"ingressclass.kubernetes.io/is-default-class":"true","theirs":"x"}},
             "spec":{"controller":"k8s.io/ingress-nginx","parameters":{"kind":"K","name":"n"}}}
            """)));

        Assert.Equal(("edge", "k8s.io/ingress-nginx"), (kept.Metadata.Name, kept.Spec.Controller));
        Assert.Equal(KeyValuePair.Create(IngressControllers.IsDefault, "true"), Assert.Single(kept.Metadata.Annotations));
        Assert.Null(kept.Spec.Parameters);
    }

    [Fact]
    public void Of_a_ReplicaSet_it_is_kept_whose_it_is()
    {
        MetadataOf<V1ReplicaSet> kept = ReplicaSetProjection.Of(Read<MetadataOf<V1ReplicaSet>>(Encoding.UTF8.GetBytes(
            """
            {"metadata":{"name":"a","namespace":"demo","uid":"r","labels":{"mockoperator.dev/mock-server":"m","pod-template-hash":"x"},"annotations":{"deployment.kubernetes.io/revision":"1"},
                         "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"d","uid":"u","controller":true}]}}
            """)));

        Assert.Equal(("a", "demo", "r"), (kept.Metadata.Name, kept.Metadata.NamespaceProperty, kept.Metadata.Uid));
        Assert.Equal(("Deployment", "u"), (Assert.Single(kept.Metadata.OwnerReferences).Kind, kept.Metadata.OwnerReferences[0].Uid));
        Assert.Null(kept.Metadata.Annotations);
    }

    private static byte[] Keep<T>(byte[] json, Func<T, T> keep)
        where T : class, IKubernetesObject<V1ObjectMeta> => JsonSerializer.SerializeToUtf8Bytes(keep(Read<T>(json)), s_json);

    private static T Read<T>(byte[] json)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        T entity = JsonSerializer.Deserialize<T>(json, s_json)!;
        entity.Metadata ??= new V1ObjectMeta();
        entity.Metadata.Name ??= "a";
        return entity;
    }

    private static string Fill(string template) => template
        .Replace("LARGE", new string('x', Large), StringComparison.Ordinal)
        .Replace("MANY", Map("key", 100), StringComparison.Ordinal)
        .Replace("PAIRS", Array("""{"name":"key-NUMBER","value":"vvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"}"""), StringComparison.Ordinal)
        .Replace("OURS", Map("mockoperator.dev/key", 100), StringComparison.Ordinal)
        .Replace("PUBLISHERS", Map("publish.mockoperator.dev/key", 100), StringComparison.Ordinal)
        .Replace("OWNERS", Array("""{"apiVersion":"v1","kind":"K","name":"NUMBER","uid":"NUMBER","controller":true}"""), StringComparison.Ordinal)
        .Replace("HOLDERS", Array("""{"mock":"m","pod":"pod-NUMBER","instance":"i","period":"2026-11","sequence":1,"granted":1,"returned":0,"unspent":0}"""), StringComparison.Ordinal)
        .Replace("MOCKS", Array("""{"name":"mock-NUMBER","calls":1}"""), StringComparison.Ordinal)
        .Replace("PARENTS", Array("""{"parentRef":{"name":"NUMBER"},"conditions":[{"type":"Accepted","status":"True","reason":"Accepted","message":"NUMBER"}]}"""), StringComparison.Ordinal)
        .Replace("LISTENERS", Array("""{"name":"NUMBER","port":80,"protocol":"HTTP","hostname":"NUMBER.example.com"}"""), StringComparison.Ordinal)
        .Replace("FIELDS", $$"""[{"manager":"mock-operator","operation":"Apply","fieldsV1":{{Map("f:key", 100)}}}]""", StringComparison.Ordinal)
        .Replace("MANAGERS", Array("""{"manager":"mock-operator-NUMBER","operation":"Apply","fieldsV1":{"f:data":{"f:NUMBER":{}}}}"""), StringComparison.Ordinal);

    private static string Map(string prefix, int length) =>
        "{" + string.Join(',', Enumerable.Range(0, Large / (length + prefix.Length + 10)).Select(number => $"\"{prefix}-{number}\":\"{new string('v', length)}\"")) + "}";

    private static string Array(string item) => "[" + string.Join(',', Enumerable.Range(0, Large / item.Length).Select(number => item.Replace("NUMBER", $"{number}", StringComparison.Ordinal))) + "]";
}
