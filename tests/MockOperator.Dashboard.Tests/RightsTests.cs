using MockOperator.Dashboard.Tests.Showing;
using MockOperator.Testing;

namespace MockOperator.Dashboard.Tests;

/// <summary>Viewer, editor, administrator and nobody: what pages offer, and what is done when it is asked for all the same.</summary>
public sealed class RightsTests
{
    [Theory]
    [InlineData(Showcase.ViewerToken, 200, false, 403)]
    [InlineData(Showcase.EditorToken, 200, true, 303)]
    [InlineData(PlayedCluster.AdminToken, 200, true, 303)]
    [InlineData(Showcase.NobodyToken, 403, false, 403)]
    public async Task Pages_offer_what_the_caller_may_do_and_the_api_server_decides(string token, int sees, bool isOffered, int pauses)
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = await shown.SignInAsync(token);
        var list = await visitor.GetAsync("/mocks?namespace=shop");
        Assert.Equal(sees, list.Status);
        Assert.Equal(isOffered, list.Body.Contains("href=\"/mocks/new\"", StringComparison.Ordinal));
        var status = await visitor.GetAsync("/mocks/shop/petstore/status");
        Assert.Equal(sees, status.Status);
        Assert.Equal(isOffered, status.Body.Contains("action=\"/mocks/shop/petstore/pause\"", StringComparison.Ordinal));
        Assert.Equal(isOffered, status.Body.Contains("href=\"/mocks/shop/petstore/delete\"", StringComparison.Ordinal));

        var paused = await visitor.PostAsync("/mocks/shop/petstore/pause");
        Assert.Equal(pauses, paused.Status);
        Assert.Equal(pauses == 303 ? 0 : null, (int?)shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!["replicas"]);
        if (pauses == 403)
            Assert.Contains("What is missing is the right", paused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_greyed_says_which_right_is_missing()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var viewer = await shown.SignInAsync(Showcase.ViewerToken);
        Assert.Contains("what is missing is the right patch on mockservers.mockoperator.dev", (await viewer.GetAsync("/mocks/shop/petstore/status")).Body, StringComparison.Ordinal);
        Assert.Contains("what is missing is the right create on mockservers.mockoperator.dev", (await viewer.GetAsync("/mocks/new?namespace=shop")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_without_rights_leaves_the_choice_of_another()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var editor = await shown.SignInAsync(Showcase.EditorToken);
        var page = await editor.GetAsync("/mocks?namespace=demo");
        Assert.Equal(403, page.Status);
        Assert.Contains("editor may not list mockservers in the namespace demo", page.Body, StringComparison.Ordinal);
        Assert.Contains("name=\"namespace\"", page.Body, StringComparison.Ordinal);
        Assert.Contains("Choose one namespace above", (await editor.GetAsync("/mocks?namespace=*")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_not_shown_to_who_may_not_forward_ports_and_the_rest_of_the_page_is()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var nobody = await shown.SignInAsync(Showcase.ViewerToken);
        shown.Cluster.AddPod("petstore", "pod-1", ns: "shop");
        var page = await nobody.GetAsync("/mocks/shop/petstore");
        Assert.Equal(200, page.Status);
        Assert.Contains("curl http://petstore.shop.svc", page.Body, StringComparison.Ordinal);
        Assert.Contains("pod-1", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mocks/shop/petstore/pause")]
    [InlineData("/mocks/shop/petstore/delete")]
    [InlineData("/mocks/shop/petstore/edit")]
    public async Task What_gitops_keeps_is_read_only_with_the_reason(string path)
    {
        await using var shown = await Showcase.OpenLocalAsync();
        var mock = shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!;
        mock["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { ["argocd.argoproj.io/tracking-id"] = "shop-mocks:mockoperator.dev/MockServer:shop/petstore" };
        shown.Cluster.Objects.Put("mockservers", mock);
        using var visitor = await shown.EnterAsync();
        Assert.Contains("Argo CD keeps it (shop-mocks)", (await visitor.GetAsync("/mocks/shop/petstore/edit")).Body, StringComparison.Ordinal);
        var answer = await visitor.PostAsync(path, ("title", "Other"), ("do", "save"));
        Assert.Equal(422, answer.Status);
        Assert.Contains("Argo CD keeps it", answer.Body, StringComparison.Ordinal);
        Assert.Equal("Petstore", (string?)shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!["displayName"]);
    }

    [Fact]
    public async Task An_api_server_that_is_away_is_told_and_nothing_is_lost()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        await visitor.GetAsync("/mocks/shop/petstore/edit");
        shown.Cluster.Trouble = static request => request.Verb == "patch" ? (503, "etcd is away") : null;
        var answer = await visitor.PostAsync("/mocks/shop/petstore/edit", ("title", "Typed"), ("do", "save"));
        Assert.Equal(503, answer.Status);
        Assert.Contains("etcd is away", answer.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"Typed\"", answer.Body, StringComparison.Ordinal);
    }
}
