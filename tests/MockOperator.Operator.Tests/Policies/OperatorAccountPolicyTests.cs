using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Publishing;
using MockOperator.Operator.Tests.Desired;
using MockOperator.Operator.Tests.Installation;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Policies;

public sealed class OperatorAccountPolicyTests
{
    private const string Home = "mock-operator-system";

    private static readonly Policy s_policy = Policy.Read("operator-account.yaml");
    private const string Url = "http://petstore.demo.svc";

    private static readonly MockServer s_mock = Mocks.Of(new MockServerSpec { Ingress = new IngressSpec { Host = "a.example.com" } });

    public static TheoryData<string, string> Children => new()
    {
        { "deployments", Text(DeploymentBuilder.Build(s_mock, new DeploymentShape(1, 0, []), PodOverrides.None, new RuntimeSettings())) },
        { "services", Text(ServiceBuilder.Build(s_mock)) },
        { "serviceaccounts", Text(ServiceAccountBuilder.Build(s_mock)) },
        { "ingresses", Text(IngressBuilder.Build(s_mock, new ExternalAddress("a.example.com", "/", false), IngressCors.None)) },
        { "mockquotas", Text(MockQuotaBuilder.Build(s_mock, new MockQuotaShorthand { Calls = 10_000 })) },
        { "configmaps", Text(new V1ConfigMap { Metadata = ChildMetadata.Of(s_mock, ChildNames.Bundle("petstore", 0)), Data = new Dictionary<string, string> { ["index.json"] = "{}" } }) },
    };

    [Theory]
    [MemberData(nameof(Children))]
    public void The_operator_makes_edits_and_removes_children_of_mocks(string resource, string json)
    {
        JsonNode child = JsonNode.Parse(json)!;

        Assert.Empty(Refusals(resource, child));
        Assert.Empty(Refusals(resource, child, child));
        Assert.Empty(Refusals(resource, now: null, child));
    }

    [Theory]
    [MemberData(nameof(Children))]
    public void It_makes_nothing_without_labels_or_owner_and_takes_over_nothing(string resource, string json)
    {
        JsonNode child = JsonNode.Parse(json)!;
        JsonNode unlabelled = child.With(static it => it["metadata"]!.AsObject().Remove("labels"));
        JsonNode orphan = child.With(static it => it["metadata"]!.AsObject().Remove("ownerReferences"));
        JsonNode misnamed = child.With(static it => it["metadata"]!["labels"]!["mockoperator.dev/mock-server"] = "other");

        Assert.All([unlabelled, orphan, misnamed], foreign =>
        {
            Assert.NotEmpty(Refusals(resource, foreign));
            Assert.NotEmpty(Refusals(resource, child, foreign));
            Assert.NotEmpty(Refusals(resource, now: null, foreign));
        });
    }

    [Theory]
    [MemberData(nameof(Children))]
    public void Nobody_else_is_bound(string resource, string json)
    {
        JsonNode foreign = JsonNode.Parse(json)!.With(static it => it["metadata"]!.AsObject().Remove("labels"));

        Assert.Empty(s_policy.Refusals(new Requester("system:serviceaccount:other:mock-operator"), resource, foreign));
    }

    [Fact]
    public void A_Service_leads_to_the_pods_of_its_mock_inside_the_cluster()
    {
        JsonNode service = PolicyObjects.Of(ServiceBuilder.Build(s_mock));

        Assert.NotEmpty(Refusals("services", service.With(static it => it["spec"]!["type"] = "LoadBalancer")));
        Assert.NotEmpty(Refusals("services", service.With(static it => it["spec"]!["externalIPs"] = new JsonArray("192.0.2.1"))));
        Assert.NotEmpty(Refusals("services", service.With(static it => it["spec"]!["selector"]!["mockoperator.dev/mock-server"] = "other")));
        Assert.NotEmpty(Refusals("services", service.With(static it => it["spec"]!["selector"] = new JsonObject { ["app"] = "bank" })));
    }

    [Fact]
    public void A_ServiceAccount_is_given_no_identity_of_a_cloud_and_keeps_what_people_gave_it()
    {
        JsonNode account = PolicyObjects.Of(ServiceAccountBuilder.Build(s_mock));
        JsonNode given = account.With(static it => it["metadata"]!["annotations"] = new JsonObject { ["eks.amazonaws.com/role-arn"] = "theirs" });

        Assert.NotEmpty(Refusals("serviceaccounts", given));
        Assert.NotEmpty(Refusals("serviceaccounts", given, account));
        Assert.Empty(Refusals("serviceaccounts", given, given));
    }

    [Fact]
    public void It_creates_the_two_kinds_of_Secret_that_it_needs_and_no_other()
    {
        JsonNode key = PolicyObjects.Of(ApiKeySecret.Build(Mocks.Of(new MockServerSpec { Private = true })));
        JsonNode control = JsonNode.Parse("""{"metadata":{"name":"mock-operator-control"},"type":"Opaque"}""")!;

        Assert.Empty(Refusals("secrets", key));
        Assert.Empty(s_policy.Refusals(Requester.Operator, "secrets", control, ns: Home));
        Assert.NotEmpty(Refusals("secrets", control));
        Assert.NotEmpty(Refusals("secrets", key.With(static it => it["type"] = "kubernetes.io/service-account-token")));
        Assert.NotEmpty(Refusals("secrets", key.With(static it => it["metadata"]!["name"] = "database")));
        Assert.NotEmpty(Refusals("secrets", key, key));
    }

    [Fact]
    public void It_annotates_pods_of_mocks_and_its_own_and_changes_nothing_else_of_a_pod()
    {
        JsonNode pod = JsonNode.Parse("""{"metadata":{"labels":{"app":"bank"}},"spec":{"containers":[{"name":"c","image":"i"}]}}""")!;
        JsonNode ours = pod.With(static it => it["metadata"]!["labels"] = PolicyObjects.Of(ChildLabels.Of("petstore")));
        JsonNode own = Manifests.Read("config", "operator", "deployment.yaml") is [var deployment]
            ? pod.With(it => it["metadata"]!["labels"] = new JsonObject { ["app.kubernetes.io/name"] = deployment["spec"]["template"]["metadata"]["labels"]["app.kubernetes.io/name"].ToString() })
            : pod;

        Assert.Empty(Refusals("pods", Annotated(ours), ours));
        Assert.Empty(s_policy.Refusals(Requester.Operator, "pods", Annotated(own), own, Home));
        Assert.NotEmpty(Refusals("pods", Annotated(own), own));
        Assert.NotEmpty(Refusals("pods", Annotated(pod), pod));
        Assert.NotEmpty(Refusals("pods", ours.With(static it => it["spec"]!["containers"]![0]!["image"] = "other"), ours));
        Assert.NotEmpty(Refusals("pods", ours.With(static it => it["metadata"]!["labels"]!["app"] = "bank"), ours));
        Assert.NotEmpty(Refusals("pods", ours.With(static it => it["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["uid"] = "gone" })), ours));
        Assert.NotEmpty(Refusals("pods", now: null, ours));
    }

    [Fact]
    public void It_writes_URLs_of_mocks_into_ConfigMaps_of_others_and_takes_them_back()
    {
        JsonNode theirs = JsonNode.Parse("""{"metadata":{"name":"frontend"},"data":{"OTHER":"x"}}""")!;
        JsonNode published = theirs.With(static it =>
        {
            it["metadata"]!["annotations"] = new JsonObject { [PublishedUrl.Annotation("petstore")] = PublishedUrl.AnnotationValue("URL", Url) };
            it["data"]!["URL"] = PublishedUrl.Build(s_mock, new ConfigMapKeyReference { Name = "frontend", Key = "URL" }, Url, isOurs: false).Data["URL"];
        });

        Assert.Empty(Refusals("configmaps", published, theirs));
        Assert.Empty(Refusals("configmaps", theirs, published));
        Assert.NotEmpty(Refusals("configmaps", theirs.With(static it => it["data"]!["OTHER"] = "changed"), theirs));
        Assert.NotEmpty(Refusals("configmaps", published.With(static it => it["data"]!["URL"] = "<script>"), theirs));
        Assert.NotEmpty(Refusals("configmaps", theirs.With(static it => it["data"]!.AsObject().Remove("OTHER")), theirs));
        Assert.NotEmpty(Refusals("configmaps", theirs.With(static it => it["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["uid"] = "gone" })), theirs));
        Assert.NotEmpty(Refusals("configmaps", theirs));
        Assert.NotEmpty(Refusals("configmaps", now: null, published));
    }

    [Fact]
    public void It_makes_and_removes_ConfigMaps_that_hold_nothing_but_URLs()
    {
        JsonNode made = PolicyObjects.Of(PublishedUrl.Build(s_mock, new ConfigMapKeyReference { Name = "frontend", Key = "URL" }, Url, isOurs: true));

        Assert.Empty(Refusals("configmaps", made));
        Assert.Empty(Refusals("configmaps", now: null, made));
        Assert.Empty(Refusals("configmaps", made.With(static it => it["metadata"] = new JsonObject { ["name"] = "frontend" }).With(static it => it["data"] = new JsonObject { ["OTHER"] = "x" }), made.With(static it => it["data"]!["OTHER"] = "x")));
        Assert.NotEmpty(Refusals("configmaps", made.With(static it => it["data"]!["index.js"] = "evil")));
    }

    private static JsonNode Annotated(JsonNode pod) => pod.With(static it => it["metadata"]!["annotations"] = new JsonObject { [ChildLabels.BundleRevision] = "1" });

    private static IReadOnlyList<string> Refusals(string resource, JsonNode? now, JsonNode? before = null) => s_policy.Refusals(Requester.Operator, resource, now, before);

    private static string Text(object child) => PolicyObjects.Of(child).ToJsonString();
}
