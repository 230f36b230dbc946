using System.Text.Json.Nodes;
using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Dashboard.Tests;

/// <summary>Server responses are added, changed, made active and removed by forms alone.</summary>
public sealed class ResponseTests : IAsyncLifetime
{
    private const string Pages = "/mocks/shop/petstore/responses";
    private const string Hostile = "</textarea><script>alert(1)</script>";

    private Showcase _shown = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _shown = await Showcase.OpenLocalAsync();
        _visitor = await _shown.EnterAsync();
        await _visitor.GetAsync(Pages);
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _shown.DisposeAsync();
    }

    private static (string, string)[] Outage(params (string, string)[] more) =>
        [("was", ""), ("response", "outage"), ("status", "503"), ("share", "100"), ("headers", "Retry-After: 30\r\nContent-Type: text/plain"), ("body", "down"), .. more];

    [Fact]
    public async Task One_is_added_and_the_page_shows_what_is_applied_first()
    {
        Assert.Contains("No server responses", (await _visitor.GetAsync(Pages)).Body, StringComparison.Ordinal);
        var preview = await _visitor.PostAsync(Pages + "/edit", Outage(("do", "preview")));
        const string Applied = """{"spec":{"serverResponses":[{"name":"outage","status":503,"headers":[{"name":"Retry-After","value":"30"},{"name":"Content-Type","value":"text/plain"}],"body":"down"}]}}""";
        Assert.Contains(Applied.Replace("\"", "&quot;", StringComparison.Ordinal), preview.Body, StringComparison.Ordinal);
        Assert.Null(Spec()["serverResponses"]);

        var saved = await _visitor.PostAsync(Pages + "/edit", Outage(("do", "save")));
        Assert.Equal((303, Pages + "?done=saved"), (saved.Status, saved.Location));
        Assert.Equal(JsonNode.Parse(Applied)!["spec"]!["serverResponses"]!.ToJsonString(), Spec()["serverResponses"]!.ToJsonString());
        Assert.Null(Spec()["activeServerResponse"]);
        var list = (await _visitor.GetAsync(Pages)).Body;
        Assert.Contains("href=\"/mocks/shop/petstore/responses/edit?response=outage\"", list, StringComparison.Ordinal);
        Assert.Contains("4 bytes", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_made_active_and_the_mock_answers_normally_again()
    {
        await _visitor.PostAsync(Pages + "/edit", Outage(("do", "save")));
        var given = await _visitor.PostAsync(Pages + "/activate", ("response", "outage"));
        Assert.Equal((303, Pages + "?done=responds"), (given.Status, given.Location));
        Assert.Equal("outage", (string?)Spec()["activeServerResponse"]);
        Assert.Contains("Every call is answered with <b>outage</b> (503)", (await _visitor.GetAsync(Pages)).Body, StringComparison.Ordinal);
        Assert.Equal(Pages + "?done=normal", (await _visitor.PostAsync(Pages + "/activate", ("response", ""))).Location);
        Assert.Null(Spec()["activeServerResponse"]);
    }

    [Fact]
    public async Task One_is_renamed_while_it_is_given_to_a_share_of_the_calls()
    {
        await _visitor.PostAsync(Pages + "/edit", Outage(("active", "on"), ("do", "save")));
        Assert.Equal(303, (await _visitor.PostAsync(Pages + "/edit", ("was", "outage"), ("response", "away"), ("status", "504"), ("share", "20 %"), ("headers", ""), ("body", ""), ("active", "on"), ("do", "save"))).Status);
        Assert.Equal(("""[{"name":"away","status":504,"share":20}]""", "away"), (Spec()["serverResponses"]!.ToJsonString(), (string?)Spec()["activeServerResponse"]));
        Assert.Contains("20 % of the calls are answered with <b>away</b>", (await _visitor.GetAsync(Pages)).Body, StringComparison.Ordinal);

        Assert.Equal(303, (await _visitor.PostAsync(Pages + "/edit", ("was", "away"), ("response", "away"), ("status", "504"), ("share", "20"), ("do", "save"))).Status);
        Assert.Null(Spec()["activeServerResponse"]);
    }

    [Fact]
    public async Task One_is_removed_after_a_question()
    {
        await _visitor.PostAsync(Pages + "/edit", Outage(("active", "on"), ("do", "save")));
        Assert.Contains("Remove outage?", (await _visitor.GetAsync(Pages + "/remove?response=outage")).Body, StringComparison.Ordinal);
        Assert.Equal(Pages + "?done=response-removed", (await _visitor.PostAsync(Pages + "/remove", ("response", "outage"))).Location);
        Assert.Null(Spec()["serverResponses"]);
        Assert.Null(Spec()["activeServerResponse"]);
        Assert.Equal(422, (await _visitor.PostAsync(Pages + "/remove", ("response", "outage"))).Status);
        Assert.Equal(404, (await _visitor.GetAsync(Pages + "/edit?response=outage")).Status);
    }

    [Theory]
    [InlineData("response", "", "Name: a server response needs one.")]
    [InlineData("status", "200", "Status: &#x27;200&#x27; is no number from 400 to 599.")]
    [InlineData("share", "0", "Share of the calls: &#x27;0&#x27; is no number from 1 to 100.")]
    [InlineData("headers", "Fine: 1\nRetry After: 30", "Headers, line 2: &#x27;Retry After: 30&#x27; is no header. Write name and value with a colon between them")]
    [InlineData("was", "gone", "has no server responses. Add one first")]
    public async Task What_is_wrong_is_told_and_what_was_typed_stays(string field, string value, string said)
    {
        var page = await _visitor.PostAsync(Pages + "/edit", [.. Outage(("do", "save")).Where(one => one.Item1 != field), (field, value)]);
        Assert.Equal(422, page.Status);
        Assert.Contains("Nothing was changed", page.Body, StringComparison.Ordinal);
        Assert.Contains(said, page.Body, StringComparison.Ordinal);
        Assert.Contains("down</textarea>", page.Body, StringComparison.Ordinal);
        Assert.Null(Spec()["serverResponses"]);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        await _visitor.PostAsync(Pages + "/edit", Outage(("do", "save")));
        var page = await _visitor.PostAsync(Pages + "/edit", Outage(("do", "save")));
        Assert.Equal(422, page.Status);
        Assert.Contains("has a server response &#x27;outage&#x27; already. Choose another name, or change that one.", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_names_and_headers_are_text_and_never_part_of_a_page()
    {
        Put(new JsonObject { ["name"] = Hostile, ["status"] = 503, ["body"] = Hostile, ["headers"] = new JsonArray(new JsonObject { ["name"] = "X-A", ["value"] = Hostile }) });
        foreach (var path in (string[])[Pages, Pages + "/edit?response=" + Uri.EscapeDataString(Hostile), Pages + "/remove?response=" + Uri.EscapeDataString(Hostile)])
        {
            var page = await _visitor.GetAsync(path);
            Assert.Equal(200, page.Status);
            Assert.DoesNotContain(Hostile, page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_long_for_a_page_stays_as_it_is_and_line_ends_are_no_edit()
    {
        var body = new string('x', 33 * 1024) + "\r\n";
        Put(new JsonObject { ["name"] = "long", ["status"] = 503, ["body"] = body });
        var page = await _visitor.GetAsync(Pages + "/edit?response=long");
        Assert.InRange(page.Body.Length, 1, 20_000);
        Assert.Contains("too long for this page", page.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await _visitor.PostAsync(Pages + "/edit", ("was", "long"), ("response", "long"), ("status", "500"), ("share", "100"), ("headers", ""), ("do", "save"))).Status);
        Assert.Equal((500, body), ((int?)Spec()["serverResponses"]![0]!["status"], (string?)Spec()["serverResponses"]![0]!["body"]));

        Put(new JsonObject { ["name"] = "lines", ["status"] = 503, ["body"] = "a\r\nb" });
        Assert.Equal(Pages + "?done=unchanged", (await _visitor.PostAsync(Pages + "/edit", ("was", "lines"), ("response", "lines"), ("status", "503"), ("share", "100"), ("headers", ""), ("body", "a\r\nb"), ("do", "save"))).Location);
    }

    [Fact]
    public async Task What_gitops_keeps_is_read_only_with_the_reason()
    {
        var mock = _shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!;
        mock["metadata"]!["annotations"] = new JsonObject { ["argocd.argoproj.io/tracking-id"] = "shop-mocks:mockoperator.dev/MockServer:shop/petstore" };
        mock["spec"]!["serverResponses"] = new JsonArray(new JsonObject { ["name"] = "outage", ["status"] = 503 });
        _shown.Cluster.Objects.Put("mockservers", mock);
        var before = Spec().ToJsonString();
        var list = (await _visitor.GetAsync(Pages)).Body;
        Assert.Contains("Argo CD keeps it (shop-mocks)", list, StringComparison.Ordinal);
        Assert.DoesNotContain("responses/edit", list, StringComparison.Ordinal);
        foreach (var (path, fields) in ((string, (string, string)[])[])[("/edit", Outage(("do", "save"))), ("/activate", [("response", "outage")]), ("/remove", [("response", "outage")])])
        {
            var refused = await _visitor.PostAsync(Pages + path, fields);
            Assert.Equal(422, refused.Status);
            Assert.Contains("Argo CD keeps it", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(before, Spec().ToJsonString());
    }

    [Fact]
    public async Task Who_may_not_edit_sees_them_and_is_offered_nothing()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var viewer = await shown.SignInAsync(Showcase.ViewerToken);
        var page = await viewer.GetAsync("/mocks/shop/orders/responses");
        Assert.Equal(200, page.Status);
        Assert.Contains("outage", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("responses/edit", page.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await viewer.PostAsync("/mocks/shop/orders/responses/activate", ("response", "outage"))).Status);
    }

    private void Put(JsonObject response)
    {
        var mock = _shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!;
        mock["spec"]!["serverResponses"] = new JsonArray(response);
        _shown.Cluster.Objects.Put("mockservers", mock);
    }

    private JsonNode Spec() => _shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!;
}
