using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Controllers;

public sealed class AppliedTokensTests : IDisposable
{
    private const string Path = "api/v1/namespaces/default/configmaps/child";

    private readonly InMemoryServer _server = new();
    private readonly ApiTransport _transport;
    private readonly ResourceClient _client;

    public AppliedTokensTests()
    {
        _transport = _server.Transport();
        _client = new ResourceClient(_transport, new ResourceClientOptions { Json = ScriptedServer.Json, FieldManager = "tests" });
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task What_is_as_desired_is_not_written_again_not_even_after_a_restart()
    {
        Assert.NotNull(await Tokens().ApplyAsync(Desired(), null, Cancel));
        Assert.Null(await Tokens().ApplyAsync(Desired(), await ObserveAsync(), Cancel));
        Assert.Single(_server.Writes);
    }

    [Fact]
    public async Task Another_desire_is_written()
    {
        await Tokens().ApplyAsync(Desired(), null, Cancel);
        Assert.NotNull(await Tokens().ApplyAsync(Desired("other"), await ObserveAsync(), Cancel));
        Assert.Equal("other", _server.Read(Path)!["data"]!["a"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    [InlineData("hash removed")]
    public async Task What_somebody_changed_is_written_again(string how)
    {
        var tokens = Tokens();
        await tokens.ApplyAsync(Desired(), null, Cancel);
        _server.Edit(Path, map =>
        {
            if (how == "changed")
                map["data"]!["a"] = "hacked";
            else if (how == "removed")
                map["data"]!.AsObject().Remove("a");
            else
                map["metadata"]!["annotations"]!.AsObject().Remove("example.test/applied");
        });
        Assert.NotNull(await tokens.ApplyAsync(Desired(), await ObserveAsync(), Cancel));
        Assert.Equal("1", _server.Read(Path)!["data"]!["a"]!.GetValue<string>());
        Assert.Null(await tokens.ApplyAsync(Desired(), await ObserveAsync(), Cancel));
    }

    [Fact]
    public async Task What_somebody_added_beside_is_none_of_our_business()
    {
        await Tokens().ApplyAsync(Desired(), null, Cancel);
        _server.Edit(Path, map => map["data"]!["theirs"] = "x");
        Assert.Null(await Tokens().ApplyAsync(Desired(), await ObserveAsync(), Cancel));
    }

    [Fact]
    public async Task An_object_marked_for_deletion_or_without_our_fields_is_written()
    {
        await Tokens().ApplyAsync(Desired(), null, Cancel);
        var observed = await ObserveAsync();
        observed.Metadata.DeletionTimestamp = DateTime.UnixEpoch;
        Assert.NotNull(await Tokens().ApplyAsync(Desired(), observed, Cancel));
        observed = await ObserveAsync();
        observed.Metadata.ManagedFields = null;
        Assert.NotNull(await Tokens().ApplyAsync(Desired(), observed, Cancel));
    }

    [Fact]
    public async Task A_field_that_the_server_drops_is_not_written_for_ever()
    {
        var tokens = Tokens();
        await tokens.ApplyAsync(Desired(), null, Cancel);
        // As if the server knew no such field: it is never owned.
        _server.Edit(Path, map => map["metadata"]!["managedFields"]![0]!["fieldsV1"]!["f:data"]!.AsObject().Remove("f:b"));
        Assert.NotNull(await tokens.ApplyAsync(Desired(), await ObserveAsync(), Cancel));
        Assert.Equal(0, tokens.Count);

        _server.Drops = "f:b";
        Assert.NotNull(await tokens.ApplyAsync(Desired("new"), await ObserveAsync(), Cancel));
        Assert.Equal(1, tokens.Count);
        var writes = _server.Writes.Count;
        Assert.Null(await tokens.ApplyAsync(Desired("new"), await ObserveAsync(), Cancel));
        Assert.Equal(writes, _server.Writes.Count);
        tokens.Forget<V1ConfigMap>(new ObjectKey("default", "child"));
        Assert.Equal(0, tokens.Count);
    }

    [Fact]
    public async Task Of_very_many_fields_a_digest_is_kept_and_a_change_of_them_is_noticed_all_the_same()
    {
        var tokens = Tokens();
        Assert.NotNull(await tokens.ApplyAsync(Many(), null, Cancel));
        var observed = await ObserveAsync();
        Assert.InRange(((byte[])Assert.Single(observed.Metadata.ManagedFields).FieldsV1).Length, 1, 100);
        Assert.Null(await tokens.ApplyAsync(Many(), observed, Cancel));
        // After a restart a digest says nothing: one apply, which changes nothing, and then it is known again.
        tokens = Tokens();
        Assert.NotNull(await tokens.ApplyAsync(Many(), await ObserveAsync(), Cancel));
        Assert.Null(await tokens.ApplyAsync(Many(), await ObserveAsync(), Cancel));
        _server.Edit(Path, map => map["data"]!["key-7"] = "hacked");
        Assert.NotNull(await tokens.ApplyAsync(Many(), await ObserveAsync(), Cancel));
        Assert.Equal("x", _server.Read(Path)!["data"]!["key-7"]!.GetValue<string>());

        static V1ConfigMap Many() => new()
        {
            Metadata = new V1ObjectMeta { Name = "child", NamespaceProperty = "default" },
            Data = Enumerable.Range(0, 5000).ToDictionary(i => $"key-{i}", _ => "x", StringComparer.Ordinal),
        };
    }

    private static V1ConfigMap Desired(string value = "1") => new()
    {
        Metadata = new V1ObjectMeta { Name = "child", NamespaceProperty = "default" },
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = value, ["b"] = "2" },
    };

    private AppliedTokens Tokens() => new(_client, "example.test/applied");

    private async Task<MetadataOf<V1ConfigMap>> ObserveAsync() =>
        ObjectTrimming.KeepingOwnership<MetadataOf<V1ConfigMap>>("tests")((await _client.GetAsync<MetadataOf<V1ConfigMap>>(new ObjectKey("default", "child"), Cancel))!);
}
