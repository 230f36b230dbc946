using System.Text.Json.Nodes;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Exposure;

public sealed class GatewayStateTests
{
    [Theory]
    [InlineData(null, "pets.example.com", true)]
    [InlineData("pets.example.com", "Pets.example.com", true)]
    [InlineData("pets.example.com", "a.pets.example.com", false)]
    [InlineData("*.example.com", "pets.example.com", true)]
    [InlineData("*.example.com", "a.pets.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    [InlineData("*.example.com", "pets.other-example.com", false)]
    public void A_listener_serves_its_host_or_all_below_it(string? hostname, string host, bool serves) =>
        Assert.Equal(serves, new GatewayListener("a", hostname, 80, false, false, true).Serves(host));

    [Theory]
    // Both are there: people are sent to HTTPS.
    [InlineData("""{"name": "a", "port": 80, "protocol": "HTTP", ALL}, {"name": "b", "port": 443, "protocol": "HTTPS", ALL}""", "{}", "b")]
    [InlineData("""{"name": "a", "port": 8443, "protocol": "HTTPS", ALL}, {"name": "b", "port": 443, "protocol": "HTTPS", ALL}""", "{}", "b")]
    // What the reference names, and nothing else.
    [InlineData("""{"name": "a", "port": 80, "protocol": "HTTP", ALL}, {"name": "b", "port": 443, "protocol": "HTTPS", ALL}""", """{"sectionName": "a"}""", "a")]
    [InlineData("""{"name": "a", "port": 80, "protocol": "HTTP", ALL}, {"name": "b", "port": 443, "protocol": "HTTPS", ALL}""", """{"port": 80}""", "a")]
    [InlineData("""{"name": "a", "port": 80, "protocol": "HTTP", ALL}""", """{"sectionName": "b"}""", null)]
    [InlineData("""{"name": "a", "port": 80, "protocol": "HTTP", ALL}""", """{"port": 81}""", null)]
    // What serves another host, speaks something else or admits no other namespace.
    [InlineData("""{"name": "a", "port": 443, "protocol": "HTTPS", "hostname": "*.example.org", ALL}, {"name": "b", "port": 80, "protocol": "HTTP", ALL}""", "{}", "b")]
    [InlineData("""{"name": "a", "port": 443, "protocol": "TLS", ALL}, {"name": "b", "port": 80, "protocol": "HTTP", ALL}""", "{}", "b")]
    [InlineData("""{"name": "a", "port": 443, "protocol": "HTTPS"}, {"name": "b", "port": 80, "protocol": "HTTP", ALL}""", "{}", "b")]
    [InlineData("""{"name": "a", "port": 443, "protocol": "HTTPS", "allowedRoutes": {"namespaces": {"from": "Same"}}}, {"name": "b", "port": 80, "protocol": "HTTP", "allowedRoutes": {"namespaces": {"from": "Selector"}}}""", "{}", "b")]
    // One that does not work is the last.
    [InlineData("""{"name": "idle", "port": 443, "protocol": "HTTPS", ALL}, {"name": "b", "port": 80, "protocol": "HTTP", ALL}""", "{}", "b")]
    [InlineData("""{"name": "idle", "port": 443, "protocol": "HTTPS", ALL}""", "{}", "idle")]
    // What has another form is not there.
    [InlineData("""7, null, [], {}, {"name": 1, "port": 80, "protocol": "HTTP"}, {"name": "a", "port": "80", "protocol": "HTTP"}, {"name": "a", "port": 0, "protocol": "HTTP", ALL}, {"name": "a", "port": 80.5, "protocol": "HTTP", ALL}""", "{}", null)]
    [InlineData("""{"name": "b", "port": 80, "protocol": "HTTP", "hostname": "", "allowedRoutes": {"namespaces": {"from": "All"}}}, {"name": "c", "port": 80, "protocol": "HTTP", "allowedRoutes": "All"}""", "{}", "b")]
    public void The_listener_is_found_that_serves_the_host(string listeners, string reference, string? name)
    {
        JsonNode by = JsonNode.Parse(reference)!;
        var parent = new GatewayParentReference { Name = "edge", SectionName = (string?)by["sectionName"], Port = (int?)by["port"] };
        Assert.Equal(name, Read(listeners).ListenerFor(parent, "pets.example.com", isOwnNamespace: false)?.Name);
    }

    [Fact]
    public void Routes_of_its_own_namespace_are_admitted_unless_a_listener_says_otherwise() =>
        Assert.Equal("a", Read("""{"name": "a", "port": 80, "protocol": "HTTP"}""").ListenerFor(new GatewayParentReference { Name = "edge" }, "pets.example.com", isOwnNamespace: true)?.Name);

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"addresses": [], "conditions": [{"type": "Accepted", "status": "True"}]}""", false)]
    [InlineData("""{"addresses": [{"value": "192.0.2.1"}]}""", true)]
    [InlineData("""{"addresses": [{"value": ""}, {"value": 7}, "192.0.2.1"]}""", false)]
    [InlineData("""{"conditions": [{"type": "Programmed", "status": "True"}]}""", true)]
    // As a Gateway is before a controller has seen it.
    [InlineData("""{"conditions": [{"type": "Programmed", "status": "Unknown", "reason": "Pending", "message": "Waiting for controller"}]}""", false)]
    [InlineData("""{"addresses": [{"value": "192.0.2.1"}], "conditions": [{"type": "Programmed", "status": "Unknown", "reason": "Pending"}]}""", true)]
    [InlineData("""{"addresses": [{"value": "192.0.2.1"}], "conditions": [{"type": "Programmed", "status": "False"}]}""", false)]
    [InlineData("""{"addresses": 7, "listeners": {}, "conditions": [7, {"type": "Programmed"}]}""", false)]
    public void A_Gateway_is_up_when_it_is_programmed_or_has_an_address_and_nothing_speaks_against_it(string status, bool isUp) =>
        Assert.Equal(isUp, GatewayState.Of(new Gateway { Status = JsonNode.Parse(status)!.AsObject() }).IsUp);

    [Theory]
    [InlineData("{}", """{"listeners": [{"name": "a", "attachedRoutes": 3}], "conditions": [{"type": "Accepted", "status": "True"}]}""", false)]
    [InlineData("{}", """{"addresses": [{"value": "192.0.2.1"}]}""", true)]
    [InlineData("{}", """{"listeners": [{"name": "a", "conditions": [{"type": "Programmed", "status": "False"}]}]}""", true)]
    [InlineData("""{"hostname": "*.example.com"}""", "{}", true)]
    [InlineData("""{"port": 8080}""", "{}", true)]
    public void Only_what_routes_feel_wakes_their_mocks(string edit, string status, bool wakes)
    {
        JsonObject listener = JsonNode.Parse("""{"name": "a", "port": 80, "protocol": "HTTP"}""")!.AsObject();
        JsonObject edited = listener.DeepClone().AsObject();
        foreach ((string field, JsonNode? value) in JsonNode.Parse(edit)!.AsObject())
        {
            edited[field] = value!.DeepClone();
        }

        var old = new Gateway { Spec = new JsonObject { ["listeners"] = new JsonArray(listener) } };
        var now = new Gateway { Spec = new JsonObject { ["listeners"] = new JsonArray(edited) }, Status = JsonNode.Parse(status)!.AsObject() };
        Assert.Equal(wakes, GatewayExposer.Changed(new StoreChange<Gateway>(StoreChangeKind.Updated, new ObjectKey("infra", "edge"), old, now, IsInitial: false)));
    }

    private static GatewayState Read(string listeners) => GatewayState.Of(new Gateway
    {
        Spec = JsonNode.Parse($$"""{"listeners": [{{listeners.Replace("ALL", """ "allowedRoutes": {"namespaces": {"from": "All"}} """, StringComparison.Ordinal)}}]}""")!.AsObject(),
        Status = JsonNode.Parse("""{"listeners": [{"name": "idle", "conditions": [{"type": "Programmed", "status": "False"}]}, {"name": "a", "conditions": [{"type": "Programmed", "status": "True"}]}]}""")!.AsObject(),
    });
}
