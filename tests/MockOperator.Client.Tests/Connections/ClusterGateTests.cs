using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Connections;

/// <summary>One gate, many callers: each has their own rights and no others, whatever the gate was configured with.</summary>
public sealed class ClusterGateTests
{
    private static readonly ObjectKey s_shop = new("demo", "shop");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_caller_acts_with_their_own_token()
    {
        await using var cluster = await PlayedCluster.StartAsync();
        cluster.Users["of-viewer"] = PlayedUser.Viewer("demo");
        cluster.Users["of-editor"] = PlayedUser.Editor("demo");
        using var gate = new ClusterGate(cluster.Configuration(), "tests");

        using (var editor = gate.For("of-editor", "demo"))
            await editor.Api.CreateAsync(Shop(), Cancel);
        using var viewer = gate.For("of-viewer", "demo");
        Assert.Equal("A shop", (await viewer.Api.GetAsync<MockServer>(s_shop, Cancel))!.Spec!.DisplayName);
        var refused = await Assert.ThrowsAsync<ApiException>(() => viewer.Api.DeleteAsync<MockServer>(s_shop, cancellationToken: Cancel));
        Assert.Equal(ApiFailure.Forbidden, refused.Kind);
        Assert.Equal(["editor", "viewer", "viewer"], cluster.Requests.Select(request => request.User));
    }

    [Fact]
    public async Task What_the_gate_was_configured_with_gives_no_rights()
    {
        await using var cluster = await PlayedCluster.StartAsync();
        using var gate = new ClusterGate(cluster.Configuration(PlayedCluster.AdminToken), "tests");
        using var stranger = gate.For("made-up");
        var refused = await Assert.ThrowsAsync<ApiException>(() => stranger.Api.GetAsync<MockServer>(s_shop, Cancel));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.Error.Code);
        Assert.DoesNotContain("made-up", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_leaves_takes_no_connection_of_others_along()
    {
        await using var cluster = await PlayedCluster.StartAsync();
        using var gate = new ClusterGate(cluster.Configuration(), "tests");
        using var stays = gate.For(PlayedCluster.AdminToken);
        using (var leaves = gate.For(PlayedCluster.AdminToken))
            Assert.Null(await leaves.Api.GetAsync<MockServer>(s_shop, Cancel));
        Assert.Null(await stays.Api.GetAsync<MockServer>(s_shop, Cancel));
    }

    [Fact]
    public async Task The_played_server_keeps_versions_owners_and_pages()
    {
        await using var cluster = await PlayedCluster.StartAsync();
        using var admin = cluster.Connect();
        var made = await admin.Api.CreateAsync(Shop(), Cancel);
        Assert.Equal(ApiFailure.AlreadyExists, (await Assert.ThrowsAsync<ApiException>(() => admin.Api.CreateAsync(Shop(), Cancel))).Kind);
        var edited = await admin.Api.MergePatchAsync<MockServer>(s_shop, """{"spec":{"private":true}}"""u8.ToArray(), cancellationToken: Cancel);
        Assert.True(edited.Spec!.Private);
        Assert.Equal("A shop", edited.Spec.DisplayName);
        Assert.Equal(2, edited.Metadata.Generation);
        made.Spec = new MockServerSpec();
        Assert.Equal(ApiFailure.Conflict, (await Assert.ThrowsAsync<ApiException>(() => admin.Api.ReplaceAsync(made, Cancel))).Kind);

        cluster.AddPod("shop", "shop-1");
        for (var i = 0; i < 7; i++)
            cluster.Objects.Put("configmaps", new JsonObject { ["metadata"] = new JsonObject { ["name"] = $"c{i}", ["namespace"] = "demo", ["labels"] = new JsonObject { ["odd"] = (i % 2 == 1).ToString() } } });
        var listed = new List<string>();
        await foreach (var map in admin.Api.ListAsync<MetadataOf<V1ConfigMap>>(new ListQuery { Namespace = "demo", LabelSelector = "odd=True", Limit = 2 }, Cancel))
            listed.Add(map.Metadata.Name);
        Assert.Equal(["c1", "c3", "c5"], listed);
        Assert.True(await admin.Api.DeleteAsync<MockServer>(s_shop, cancellationToken: Cancel));
        Assert.Empty(cluster.Objects.List("pods"));
    }

    private static MockServer Shop() => new() { Metadata = new V1ObjectMeta { Name = "shop", NamespaceProperty = "demo" }, Spec = new MockServerSpec { DisplayName = "A shop" } };
}
