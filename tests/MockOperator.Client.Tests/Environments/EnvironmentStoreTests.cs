using System.Text;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Client.Mocks;
using MockOperator.Client.Tests.Collections;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Environments;

public sealed class EnvironmentStoreTests : IAsyncLifetime
{
    private static readonly ObjectKey s_key = new("demo", "staging");
    private PlayedCluster _played = null!;
    private MockCluster _cluster = null!;
    private EnvironmentStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _played = await PlayedCluster.StartAsync();
        _cluster = _played.Connect();
        _store = new EnvironmentStore(_cluster);
    }

    public async ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        await _played.DisposeAsync();
    }

    [Theory]
    [InlineData("default", "configmaps", "secrets")]
    [InlineData("secret", "secrets", "configmaps")]
    public async Task A_document_is_kept_byte_for_byte_where_it_belongs(string type, string there, string notThere)
    {
        var text = Exports.Environment("Ställe", "key", "välue", type);
        var stored = await _store.CreateAsync(s_key, Read(text), Cancel);

        Assert.Equal(("Ställe", type == "secret"), (stored.DisplayName, stored.IsSecret));
        Assert.Single(_played.Objects.List(there));
        Assert.Empty(_played.Objects.List(notThere));
        Assert.Equal(text, Encoding.UTF8.GetString((await _store.ExportAsync(s_key, Cancel))!.Value.Span));
        Assert.True(await _store.DeleteAsync(s_key, Cancel));
        Assert.False(await _store.DeleteAsync(s_key, Cancel));
        Assert.Null(await _store.ExportAsync(s_key, Cancel));
    }

    [Fact]
    public async Task One_that_becomes_secret_moves_and_its_mocks_follow()
    {
        await new MockMaker(_cluster).MakeAsync(
            new() { Name = "pets", Namespace = "demo", Examples = [], Environment = new() { Postman = new() { ConfigMapKeyRef = new() { Name = "staging", Key = EnvironmentStore.Key } } } },
            cancellationToken: Cancel);
        await _store.CreateAsync(s_key, Read(Exports.Environment("Staging", "key", "value")), Cancel);

        Assert.True((await _store.ReplaceAsync(s_key, Read(Exports.Environment("Staging", "key", "hidden", "secret")), Cancel)).IsSecret);

        Assert.Empty(_played.Objects.List("configmaps"));
        Assert.Equal(
            """{"secretKeyRef":{"name":"staging","key":"environment.json"}}""", _played.Objects.Find("mockservers", "demo", "pets")!["spec"]!["environment"]!["postman"]!.ToJsonString());

        // And stays there.
        Assert.True((await _store.ReplaceAsync(s_key, Read(Exports.Environment("Staging", "key", "open")), Cancel)).IsSecret);
        Assert.Empty(_played.Objects.List("configmaps"));
    }

    [Fact]
    public async Task They_are_listed_by_name_without_their_content_and_without_Secrets_for_who_may_not_see_any()
    {
        await _store.CreateAsync(s_key, Read(Exports.Environment("Staging", "key", "value", "secret")), Cancel);
        await _store.CreateAsync(new("demo", "prod"), Read(Exports.Environment("Production", "key", "value")), Cancel);
        _played.Objects.Put("configmaps", """{"metadata":{"name":"other","namespace":"demo"}}""");
        _played.Users["viewer"] = PlayedUser.Viewer("demo");
        using var viewer = _played.Connect("viewer");

        Assert.Equal(["Production", "Staging"], (await _store.ListAsync("demo", Cancel)).Select(static one => one.DisplayName));
        Assert.Equal(["Production"], (await new EnvironmentStore(viewer).ListAsync("demo", Cancel)).Select(static one => one.DisplayName));
    }

    [Fact]
    public async Task What_is_not_an_environment_is_never_touched()
    {
        _played.Objects.Put("configmaps", """{"metadata":{"name":"staging","namespace":"demo"},"data":{"environment.json":"{}"}}""");

        Assert.Null(await _store.ExportAsync(s_key, Cancel));
        Assert.False(await _store.DeleteAsync(s_key, Cancel));
        Assert.Equal(ApiFailure.NotFound, (await Assert.ThrowsAsync<ApiException>(() => _store.ReplaceAsync(s_key, Read(Exports.Environment("x", "a", "b")), Cancel))).Kind);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EnvironmentDocument Read(string text) => EnvironmentDocument.Read(Encoding.UTF8.GetBytes(text));
}
