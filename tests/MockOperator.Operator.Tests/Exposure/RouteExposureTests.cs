using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Exposure;

public sealed class RouteExposureTests
{
    private const string Https = """ "spec": {"listeners": [{"name": "https", "port": 443, "protocol": "HTTPS"}]} """;
    private const string Up = """ "status": {"addresses": [{"value": "192.0.2.1"}], "conditions": [{"type": "Programmed", "status": "True"}]} """;

    [Theory]
    [InlineData("""{"name": "https", "port": 443, "protocol": "HTTPS"}""", "https://pets.example.com/v1")]
    [InlineData("""{"name": "https-is-only-a-name", "port": 80, "protocol": "HTTP"}""", "http://pets.example.com/v1")]
    [InlineData("""{"name": "a", "port": 8443, "protocol": "HTTPS"}""", "https://pets.example.com:8443/v1")]
    [InlineData("""{"name": "a", "port": 8080, "protocol": "HTTP"}""", "http://pets.example.com:8080/v1")]
    [InlineData("""{"name": "a", "port": 443, "protocol": "HTTPS", "hostname": "*.example.org"}""", "https://pets.example.org/v1")]
    public void The_listener_says_how_the_mock_is_reached(string listener, string url)
    {
        ExposureOutcome outcome = Of([Parent("edge")], Parents("edge"), $$"""{"spec": {"listeners": [{{listener}}]}, {{Up}}}""");
        Assert.Equal((ConditionStatus.True, "RouteAccepted", url), (outcome.Status, outcome.Reason, outcome.Url));
        Assert.Contains("192.0.2.1", outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{{ {Https} }}", "no address yet")]
    [InlineData($$"""{ {{Https}}, "status": {"addresses": [{"value": "192.0.2.1"}], "conditions": [{"type": "Programmed", "status": "False", "reason": "AddressNotUsable", "message": "in use"}]} }""", "AddressNotUsable: in use")]
    [InlineData($$"""{ {{Https}}, "status": {"conditions": [{"type": "Programmed", "status": "True"}], "listeners": [{"name": "https", "conditions": [{"type": "Programmed", "status": "False"}]}]} }""", "listener 'https'")]
    [InlineData(null, "no Gateway 'shop/edge'")]
    public void A_Gateway_that_is_not_up_has_yet_to_get_its_address(string? gateway, string told)
    {
        ExposureOutcome outcome = Of([Parent("edge")], Parents("edge"), gateway);
        Assert.Equal((ConditionStatus.Unknown, "AddressPending"), (outcome.Status, outcome.Reason));
        Assert.Contains(told, outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_Gateway_cannot_be_seen_what_is_said_of_the_route_has_to_do()
    {
        ExposureOutcome hidden = Of([Parent("edge") with { Port = 443 }], Parents("edge"), GatewayView.Without(GatewayLack.Hidden));
        Assert.Equal((ConditionStatus.True, "RouteAccepted", "http://pets.example.com/v1"), (hidden.Status, hidden.Reason, hidden.Url));
        Assert.Contains("does not see", hidden.Message, StringComparison.Ordinal);
        ExposureOutcome unread = Of([Parent("edge")], Parents("edge"), GatewayView.Without(GatewayLack.Unread));
        Assert.Equal((ConditionStatus.Unknown, "RoutesUnknown"), (unread.Status, unread.Reason));
    }

    [Fact]
    public void A_parent_of_another_kind_is_no_Gateway_of_that_name()
    {
        const string Said = """{"parentRef": {"group": "gateway.networking.x-k8s.io", "kind": "XListenerSet", "name": "edge"}, "conditions": [{"type": "Accepted", "status": "True"}]}""";
        ExposureOutcome outcome = Of([Parent("edge") with { Group = "gateway.networking.x-k8s.io", Kind = "XListenerSet" }], Said, $$"""{ {{Https}} }""");
        Assert.Equal((ConditionStatus.True, "http://pets.example.com/v1"), (outcome.Status, outcome.Url));
    }

    [Theory]
    [InlineData("""{"type": "Accepted", "status": "False", "reason": "NotAllowedByListeners"}""", "NotAllowedByListeners")]
    [InlineData("""{"type": "Accepted", "status": "True"}, {"type": "ResolvedRefs", "status": "False", "reason": "BackendNotFound"}""", "BackendNotFound")]
    public void A_route_that_is_refused_or_leads_nowhere_is_told(string conditions, string reason)
    {
        ExposureOutcome outcome = Of([Parent("edge")], $$"""{"parentRef": {"name": "edge"}, "conditions": [{{conditions}}]}""", $$"""{ {{Https}}, {{Up}} }""");
        Assert.Equal((ConditionStatus.False, "RouteNotAccepted"), (outcome.Status, outcome.Reason));
        Assert.Contains(reason, outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"parentRef": {"name": "other"}, "conditions": [{"type": "Accepted", "status": "True"}]}""")]
    [InlineData("""{"parentRef": {"name": "edge", "namespace": "infra"}, "conditions": [{"type": "Accepted", "status": "True"}]}""")]
    [InlineData("""{"parentRef": {"name": "edge"}, "conditions": [{"type": "Accepted", "status": "True", "observedGeneration": 1}]}""")]
    [InlineData("""{"conditions": [{"type": "Accepted", "status": "True"}]}""")]
    [InlineData("""{"parentRef": "edge", "conditions": {}}, 7""")]
    public void What_is_said_for_others_or_of_an_earlier_route_does_not_count(string said)
    {
        ExposureOutcome outcome = Of([Parent("edge")], said, $$"""{ {{Https}}, {{Up}} }""");
        Assert.Equal((ConditionStatus.Unknown, "RoutePending", "https://pets.example.com/v1"), (outcome.Status, outcome.Reason, outcome.Url));
    }

    [Fact]
    public void Of_several_parents_that_counts_by_which_the_mock_is_reached()
    {
        var route = Route(Parents("down", "edge"));
        ExposureOutcome outcome = new RouteExposure(route, Addresses, key => key.Name == "edge" ? View($$"""{ {{Https}}, {{Up}} }""") : View($$"""{ {{Https}} }""")).Of([Parent("silent"), Parent("down"), Parent("edge")]);
        Assert.Equal((ConditionStatus.True, "https://pets.example.com/v1"), (outcome.Status, outcome.Url));
    }

    [Fact]
    public void What_fails_is_told_before_what_is_not_known()
    {
        ExposureOutcome good = new(ConditionStatus.True, "IngressApplied", "a", "http://a"), pending = ExposureOutcome.Pending("b", "http://b"), refused = ExposureOutcome.Refused("RouteNotAccepted", "c");
        Assert.Equal(pending with { Url = "http://a" }, ExposureOutcome.Of(good, pending));
        Assert.Equal(refused with { Url = "http://b" }, ExposureOutcome.Of(pending, refused));
        Assert.Equal(refused with { Url = "http://a" }, ExposureOutcome.Of(refused, good));
        Assert.Equal(good, ExposureOutcome.Of(null, good));
        Assert.Null(ExposureOutcome.Of(null, null));
    }

    private static IReadOnlyList<ExternalAddress> Addresses { get; } = [new("pets.example.com", "/v1", false), new("pets.example.org", "/v1", false)];

    private static GatewayParentReference Parent(string name) => new() { Name = name };

    private static string Parents(params string[] names) =>
        string.Join(',', names.Select(static name => $$"""{"parentRef": {"name": "{{name}}"}, "conditions": [{"type": "Accepted", "status": "True", "observedGeneration": 2}]}"""));

    private static HttpRoute Route(string parents) => new()
    {
        Metadata = new V1ObjectMeta { Name = "petstore-mock", NamespaceProperty = "shop", Generation = 2 },
        Status = JsonNode.Parse($$"""{"parents": [{{parents}}]}""")!.AsObject(),
    };

    private static GatewayView View(string? gateway)
    {
        if (gateway is null)
        {
            return GatewayView.Without(GatewayLack.Missing);
        }

        JsonObject read = JsonNode.Parse(gateway)!.AsObject();
        return new GatewayView(GatewayState.Of(new Gateway { Spec = read["spec"]?.AsObject(), Status = read["status"]?.AsObject() }));
    }

    private static ExposureOutcome Of(IReadOnlyList<GatewayParentReference> parents, string said, string? gateway) => Of(parents, said, View(gateway));

    private static ExposureOutcome Of(IReadOnlyList<GatewayParentReference> parents, string said, GatewayView view) =>
        new RouteExposure(Route(said), Addresses, key => key == new ObjectKey("shop", "edge") ? view : GatewayView.Without(GatewayLack.Missing)).Of(parents);
}
