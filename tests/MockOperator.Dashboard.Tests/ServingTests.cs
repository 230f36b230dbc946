using System.Text.Json.Nodes;
using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Dashboard.Tests;

/// <summary>Matching, limits, CORS and exposure are changed by the form of the settings, without JavaScript.</summary>
public sealed class ServingTests : IAsyncLifetime
{
    private static readonly (string, string)[] Defaults = [("title", "Petstore"), ("collection", "petstore"), ("version", "CURRENT"), ("environment", "staging"), ("do", "save"), ("serving", "on"), ("match.query", "on"), ("match.wildcards", "on"), ("cors.enabled", "on"), ("pods", "1")];

    private Showcase _shown = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _shown = await Showcase.OpenLocalAsync();
        _visitor = await _shown.EnterAsync();
        await _visitor.GetAsync("/mocks/shop/petstore/edit");
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _shown.DisposeAsync();
    }

    public static TheoryData<(string, string)[], string> Settings => new()
    {
        { [("match.body", "Exact"), ("match.headers", "X-Tenant, X-Role"), ("match.strict", "on")], """{"matching":{"mode":"Strict","body":"Exact","headers":["X-Tenant","X-Role"]}}""" },
        { [("rate.calls", "120"), ("rate.per", "1m"), ("quota.calls", "1000"), ("quota.period", "Day")], """{"quota":{"calls":1000,"period":"Day"},"rateLimit":{"requests":120,"per":"1m"}}""" },
        { [("cors.origins", "https://a.example\r\nhttps://b.example"), ("cors.credentials", "on")], """{"cors":{"allowOrigins":["https://a.example","https://b.example"],"allowCredentials":true}}""" },
        { [("cors.readable", "X-Total, X-Request-Id")], """{"cors":{"exposeHeaders":["X-Total","X-Request-Id"]}}""" },
        { [("ingress", "on"), ("ingress.host", "pets.example.com"), ("ingress.path", "/"), ("ingress.class", "nginx")], """{"ingress":{"className":"nginx","host":"pets.example.com"}}""" },
    };

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public async Task Each_part_is_set_shown_and_taken_away((string, string)[] fields, string expected)
    {
        var before = Spec();
        var preview = await _visitor.PostAsync("/mocks/shop/petstore/edit", [.. With(fields), ("do", "preview")]);
        Assert.Contains($"{{&quot;spec&quot;:{expected.Replace("\"", "&quot;", StringComparison.Ordinal)}}}", preview.Body, StringComparison.Ordinal);
        Assert.Equal(before, Spec());

        var saved = await _visitor.PostAsync("/mocks/shop/petstore/edit", [.. With(fields), ("do", "save")]);
        Assert.Equal((303, "/mocks/shop/petstore?done=saved"), (saved.Status, saved.Location));
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
            Assert.Equal(value!.ToJsonString(), Mock()["spec"]![name]!.ToJsonString());
        var page = (await _visitor.GetAsync("/mocks/shop/petstore/edit")).Body;
        Assert.Contains("<details class=\"part\" open", page, StringComparison.Ordinal);
        Assert.Equal("/mocks/shop/petstore?done=unchanged", (await _visitor.PostAsync("/mocks/shop/petstore/edit", [.. With(fields), ("do", "save")])).Location);

        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/petstore/edit", Defaults)).Status);
        Assert.Equal(before, Spec());
        Assert.DoesNotContain("<details class=\"part\" open", (await _visitor.GetAsync("/mocks/shop/petstore/edit")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pods", "0", "Pods: &#x27;0&#x27; is no number from 1 to 100. Pause takes all away.")]
    [InlineData("rate.calls", "many", "Rate limit: &#x27;many&#x27; is no number of calls.")]
    [InlineData("rate.calls", "0", "spec.rateLimit.requests: the number of calls is needed, 1 to 1000000000")]
    [InlineData("quota.calls", "-1", "Quota: &#x27;-1&#x27; is no number of calls.")]
    [InlineData("match.headers", "X:Tenant", "spec.matching.headers[0]: the name of a header is letters, digits and hyphens")]
    [InlineData("cors.origins", "app.example.com", "spec.cors.allowOrigins[0]: an origin is")]
    [InlineData("cors.readable", "X:Total", "spec.cors.exposeHeaders[0]: a header name is")]
    [InlineData("cors.credentials", "on", "spec.cors.allowCredentials: credentials exclude the origin")]
    public async Task What_is_wrong_is_told_and_what_was_typed_stays(string field, string value, string said)
    {
        var before = Spec();
        var page = await _visitor.PostAsync("/mocks/shop/petstore/edit", [.. With([(field, value)]), ("do", "save")]);
        Assert.Equal(422, page.Status);
        Assert.Contains("Nothing was changed", page.Body, StringComparison.Ordinal);
        Assert.Contains(said, page.Body, StringComparison.Ordinal);
        Assert.Contains("<details class=\"part\" open", page.Body, StringComparison.Ordinal);
        Assert.Equal(before, Spec());
    }

    [Fact]
    public async Task Pods_are_as_many_as_was_typed_and_are_not_asked_of_a_mock_that_is_paused()
    {
        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/petstore/edit", [.. With([("pods", "3")]), ("do", "save")])).Status);
        Assert.Equal(3, (int?)Mock()["spec"]!["replicas"]);
        await _visitor.PostAsync("/mocks/shop/petstore/pause");
        Assert.DoesNotContain("name=\"pods\"", (await _visitor.GetAsync("/mocks/shop/petstore/edit")).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/petstore/edit", [.. With([("rate.calls", "5")]), ("do", "save")])).Status);
        Assert.Equal((0, 5), ((int?)Mock()["spec"]!["replicas"], (int?)Mock()["spec"]!["rateLimit"]!["requests"]));
    }

    [Fact]
    public async Task A_form_without_these_parts_leaves_them_as_they_are()
    {
        var mock = Mock();
        mock["spec"]!["rateLimit"] = new JsonObject { ["requests"] = 5 };
        mock["spec"]!["cors"] = new JsonObject { ["enabled"] = false };
        _shown.Cluster.Objects.Put("mockservers", mock);
        Assert.Equal(303, (await _visitor.PostAsync("/mocks/shop/petstore/edit", ("title", "Pets"), ("environment", "staging"), ("do", "save"))).Status);
        Assert.Equal(("Pets", 5, false), ((string?)Mock()["spec"]!["displayName"], (int?)Mock()["spec"]!["rateLimit"]!["requests"], (bool?)Mock()["spec"]!["cors"]!["enabled"]));
    }

    private static IEnumerable<(string, string)> With((string Name, string Value)[] fields) =>
        Defaults.Where(one => one.Item1 != "do" && !Array.Exists(fields, field => field.Name == one.Item1)).Concat(fields);

    private JsonObject Mock() => _shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!;

    private string Spec() => Mock()["spec"]!.ToJsonString();
}
