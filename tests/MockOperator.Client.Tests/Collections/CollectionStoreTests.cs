using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MockOperator.Client.Collections;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Collections;

public sealed class CollectionStoreTests : IAsyncLifetime
{
    private static readonly ObjectKey s_key = new("demo", "pets");
    private PlayedCluster _played = null!;
    private MockCluster _cluster = null!;
    private CollectionStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _played = await PlayedCluster.StartAsync();
        _cluster = _played.Connect();
        _store = new CollectionStore(_cluster);
    }

    public async ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        await _played.DisposeAsync();
    }

    [Fact]
    public async Task A_small_document_is_a_field_and_its_name_an_annotation()
    {
        var stored = await _store.CreateAsync(s_key, Document(Exports.Small), cancellationToken: Cancel);

        Assert.Equal("Petstore", DisplayName.Of(stored.Metadata));
        Assert.NotNull(stored.Spec!.Postman);
        Assert.Empty(_played.Objects.List("configmaps"));
        AssertSame(Exports.Small, await _store.ExportAsync(s_key, cancellationToken: Cancel));
    }

    [Theory]
    [InlineData("""{"item": [], "item": []}""")]
    [InlineData("""{"item": [], "number": 12345678901234567890}""")]
    [InlineData("""{"item": [], "number": 1.23456789012345678}""")]
    [InlineData("""{"item": [], "half": "\ud800"}""")]
    public async Task What_the_server_would_change_is_kept_as_bytes(string document)
    {
        var stored = await _store.CreateAsync(s_key, Document(document), cancellationToken: Cancel);

        Assert.Null(stored.Spec!.Postman);
        Assert.Equal(document, Text(await _store.ExportAsync(s_key, cancellationToken: Cancel)));
    }

    [Fact]
    public async Task What_was_stored_is_read_again_whatever_its_size()
    {
        var sizes = Gen.OneOf(
            Gen.Int[200, 2000],
            Gen.Int[CollectionStore.LargestInline - 2, CollectionStore.LargestInline + 2],
            // Base64 letters compress to three quarters: around one piece, and around two.
            Gen.Int[(PackedDocument.PartBytes * 4 / 3) - 6000, (PackedDocument.PartBytes * 4 / 3) + 6000],
            Gen.Int[PackedDocument.PartBytes * 8 / 3, (PackedDocument.PartBytes * 8 / 3) + 9000]);
        await sizes.SampleAsync(
            async size =>
            {
                var document = Exports.OfSize(size);
                var stored = await _store.CreateAsync(s_key, CollectionDocument.Read(document), cancellationToken: Cancel);
                var read = await _store.ExportAsync(s_key, cancellationToken: Cancel);

                if (stored.Spec!.ConfigMapKeyRef is null)
                    AssertSame(Encoding.UTF8.GetString(document), read);
                else
                    Assert.True(read!.Value.Span.SequenceEqual(document));
                Assert.Equal(size <= CollectionStore.LargestInline, stored.Spec.Postman is not null);
                Assert.True(await _store.DeleteAsync(s_key, Cancel));
                Assert.Empty(_played.Objects.List("configmaps"));
            },
            iter: 12,
            threads: 1);
    }

    [Fact]
    public async Task A_document_that_shrinks_leaves_nothing_behind_and_is_whole_at_every_write()
    {
        await _store.CreateAsync(s_key, CollectionDocument.Read(Exports.OfSize(3_000_000)), cancellationToken: Cancel);
        Assert.Equal(3, _played.Objects.List("configmaps").Count);
        _played.Objects.Written = (_, _) => AssertWhole();

        await _store.ReplaceAsync(s_key, CollectionDocument.Read(Exports.OfSize(2_000_000)), Cancel);
        Assert.Equal(2, _played.Objects.List("configmaps").Count);

        await _store.ReplaceAsync(s_key, Document(Exports.Small), Cancel);
        Assert.Empty(_played.Objects.List("configmaps"));
        Assert.Equal("Petstore", (string?)_played.Objects.Find("collections", "demo", "pets")!["metadata"]!["annotations"]![DisplayName.Annotation]);
        AssertSame(Exports.Small, await _store.ExportAsync(s_key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_version_stays_whatever_becomes_of_the_current_content()
    {
        var first = Exports.OfSize(600_000);
        await _store.CreateAsync(s_key, CollectionDocument.Read(first), cancellationToken: Cancel);
        await _store.TagAsync(s_key, "v1", Cancel);
        Assert.Single(_played.Objects.List("configmaps"));

        await _store.ReplaceAsync(s_key, Document(Exports.Small), Cancel);
        await _store.TagAsync(s_key, "v2", Cancel);
        await _store.ReplaceAsync(s_key, CollectionDocument.Read(Exports.OfSize(500_000)), Cancel);

        Assert.True((await _store.ExportAsync(s_key, "v1", Cancel))!.Value.Span.SequenceEqual(first));
        AssertSame(Exports.Small, await _store.ExportAsync(s_key, "v2", Cancel));
    }

    [Theory]
    [InlineData("CURRENT", "CURRENT names what is current")]
    [InlineData("v1", "has a version v1 already")]
    [InlineData("not a tag", "is no tag")]
    [InlineData("v1\n", "is no tag")]
    public async Task A_tag_that_cannot_be_is_refused_before_anything_is_sent(string tag, string expected)
    {
        await _store.CreateAsync(s_key, Document(Exports.Small), cancellationToken: Cancel);
        await _store.TagAsync(s_key, "v1", Cancel);
        _played.Requests.Clear();

        var refused = await Assert.ThrowsAsync<DocumentException>(() => _store.TagAsync(s_key, tag, Cancel));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_played.Requests, static request => request.Verb != "get");
    }

    [Fact]
    public async Task An_inline_version_too_many_for_one_object_goes_into_a_ConfigMap()
    {
        await _store.CreateAsync(s_key, CollectionDocument.Read(Exports.OfSize(200_000)), cancellationToken: Cancel);
        foreach (var tag in (string[])["v1", "v2", "v3", "v4"])
            await _store.TagAsync(s_key, tag, Cancel);

        var stored = await _cluster.Api.GetAsync<Kinds.Collection>(s_key, Cancel);
        Assert.Equal([true, true, false, false], stored!.Spec!.Versions!.Select(static version => version.Postman is not null));
        Assert.Single(_played.Objects.List("configmaps"));
        AssertSame(Encoding.UTF8.GetString(Exports.OfSize(200_000)), await _store.ExportAsync(s_key, "v4", Cancel));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told_and_nothing_of_the_attempt_stays()
    {
        await _store.CreateAsync(s_key, Document(Exports.Small), cancellationToken: Cancel);

        var refused = await Assert.ThrowsAsync<ApiException>(() => _store.CreateAsync(s_key, CollectionDocument.Read(Exports.OfSize(3_000_000)), cancellationToken: Cancel));

        Assert.Equal(ApiFailure.AlreadyExists, refused.Kind);
        Assert.Empty(_played.Objects.List("configmaps"));
        AssertSame(Exports.Small, await _store.ExportAsync(s_key, cancellationToken: Cancel));
    }

    [Fact]
    public async Task What_could_not_be_removed_again_is_named()
    {
        _played.Trouble = static request => request switch
        {
            { Resource: "collections", Verb: "create" } => (403, "no collections today"),
            { Verb: "delete" } => (403, "and nothing goes"),
            _ => null,
        };

        var refused = await Assert.ThrowsAsync<ApiException>(() => _store.CreateAsync(s_key, CollectionDocument.Read(Exports.OfSize(300_000)), cancellationToken: Cancel));

        Assert.Contains("no collections today", refused.Message, StringComparison.Ordinal);
        Assert.Contains("remove it yourself: ConfigMap demo/pets-collection-", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_somebody_else_is_not_overwritten()
    {
        await _store.CreateAsync(s_key, Document(Exports.Small), cancellationToken: Cancel);
        _played.Trouble = request =>
        {
            if (request is { Verb: "patch", Resource: "collections" })
                Touch();
            return null;
        };

        var refused = await Assert.ThrowsAsync<ApiException>(() => _store.ReplaceAsync(s_key, CollectionDocument.Read(Exports.OfSize(300_000)), Cancel));

        Assert.Equal(ApiFailure.Conflict, refused.Kind);
        Assert.Contains("was changed by somebody else meanwhile, so nothing was written", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_played.Objects.List("configmaps"));
    }

    [Fact]
    public async Task A_dry_run_is_judged_and_writes_nothing()
    {
        await _store.CreateAsync(s_key, CollectionDocument.Read(Exports.OfSize(300_000)), dryRun: true, Cancel);
        Assert.Empty(_played.Objects.List("configmaps"));
        Assert.Empty(_played.Objects.List("collections"));
    }

    [Fact]
    public async Task Examples_are_exported_as_Postman_reads_them_and_mean_the_same()
    {
        ExampleSpec[] examples =
        [
            new() { Name = "a user", Request = new() { Path = "/users/{{id}}", Query = [new() { Name = "full", Value = "1" }, new() { Name = "x" }] }, Response = new() { Json = JsonDocument.Parse("""{"id":1}""").RootElement, Delay = "250ms" } },
            new() { Name = "no user", Request = new() { Path = "/users/{{id}}" }, Response = new() { Status = 404, Headers = [new() { Name = "x-a", Value = "1" }] } },
            new() { Name = "made", Request = new() { Method = "post", Path = "/users", Body = "name=Ann", Headers = [new() { Name = "accept", Value = "*/*" }] }, Response = new() { Status = 201, Base64 = "iVBORw0=" } },
        ];
        Put(new JsonObject { ["examples"] = JsonNode.Parse(JsonSerializer.Serialize(examples, ResourceJson.Default.IReadOnlyListExampleSpec)) });

        var exported = (await _store.ExportAsync(s_key, cancellationToken: Cancel))!.Value;

        Assert.Equal(2, JsonNode.Parse(exported.Span)!["item"]!.AsArray().Count);
        var (native, postman) = (CollectionReader.ReadNative("pets", examples), CollectionReader.ReadPostman(exported));
        Assert.Empty(postman.Issues);
        foreach (var (expected, read) in native.Examples.Zip(postman.Examples))
        {
            Assert.Equal(expected.Name, read.Name);
            Assert.Equal(expected.Request.Method, read.Request.Method);
            Assert.Equal(expected.Request.Url.Path, read.Request.Url.Path);
            Assert.Equal(expected.Request.Url.Query, read.Request.Url.Query);
            Assert.Equal(expected.Request.Headers, read.Request.Headers);
            Assert.Equal(expected.Response.Status, read.Response.Status);
            Assert.Equal(expected.Response.Headers, read.Response.Headers);
            Assert.Equal(expected.Response.DelayMilliseconds, read.Response.DelayMilliseconds);
            Assert.Equal(expected.Response.PreviewLanguage, read.Response.PreviewLanguage);
            Assert.Equal(expected.Response.Text?.ToArray(), read.Response.Text?.ToArray());
            Assert.Equal(expected.Response.Binary?.ToArray(), read.Response.Binary?.ToArray());
        }
    }

    [Fact]
    public async Task An_example_is_added_to_examples()
    {
        Put(new JsonObject { ["examples"] = new JsonArray(new JsonObject { ["name"] = "one", ["request"] = new JsonObject { ["path"] = "/one" }, ["unknown"] = "stays" }) });

        var change = await _store.AddExampleAsync(s_key, Example("two", "/two"), cancellationToken: Cancel);

        Assert.DoesNotContain("/two", change.Before, StringComparison.Ordinal);
        Assert.Contains("\t\t\t\"path\": \"/two\"\n", change.After, StringComparison.Ordinal);
        var examples = _played.Objects.Find("collections", "demo", "pets")!["spec"]!["examples"]!.AsArray();
        Assert.Equal(["one", "two"], examples.Select(static example => (string?)example!["name"]));
        // What a newer definition has, and this program does not know.
        Assert.Equal("stays", (string?)examples[0]!["unknown"]);
        var again = await Assert.ThrowsAsync<DocumentException>(() => _store.AddExampleAsync(s_key, Example("two", "/two"), cancellationToken: Cancel));
        Assert.Contains("has an example 'two' already", again.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400_000)]
    public async Task An_example_is_added_to_a_document_wherever_it_is(int size)
    {
        var document = size == 0 ? Encoding.UTF8.GetBytes(Exports.Small) : Exports.OfSize(size);
        await _store.CreateAsync(s_key, CollectionDocument.Read(document), cancellationToken: Cancel);
        var maps = _played.Objects.List("configmaps").Count;

        var judged = await _store.AddExampleAsync(s_key, Example("two", "/two"), dryRun: true, Cancel);
        Assert.Contains("\"two\"", judged.After, StringComparison.Ordinal);
        Assert.DoesNotContain("\"two\"", Text(await _store.ExportAsync(s_key, cancellationToken: Cancel)), StringComparison.Ordinal);

        await _store.AddExampleAsync(s_key, Example("two", "/two"), cancellationToken: Cancel);
        var read = CollectionReader.ReadPostman((await _store.ExportAsync(s_key, cancellationToken: Cancel))!.Value);
        Assert.Contains(read.Examples, static example => example.Name == "two");
        Assert.Equal(maps, _played.Objects.List("configmaps").Count);
    }

    [Fact]
    public async Task A_ConfigMap_of_somebody_else_is_not_written()
    {
        _played.Objects.Put("configmaps", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "theirs", ["namespace"] = "demo" }, ["data"] = new JsonObject { ["c.json"] = Exports.Small } });
        Put(new JsonObject { ["configMapKeyRef"] = new JsonObject { ["name"] = "theirs", ["key"] = "c.json" } });

        var refused = await Assert.ThrowsAsync<DocumentException>(() => _store.AddExampleAsync(s_key, Example("two", "/two"), cancellationToken: Cancel));

        Assert.Contains("is in ConfigMap 'theirs', which something else keeps", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Exports.Small, Text(await _store.ExportAsync(s_key, cancellationToken: Cancel)));
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        Assert.Null(await _store.ExportAsync(s_key, cancellationToken: Cancel));
        Put(new JsonObject { ["configMapKeyRef"] = new JsonObject { ["name"] = "gone", ["key"] = "c.json" } });

        var lost = await Assert.ThrowsAsync<DocumentException>(() => _store.ExportAsync(s_key, cancellationToken: Cancel));
        Assert.Contains("ConfigMap 'gone' of namespace 'demo', which is not there", lost.Message, StringComparison.Ordinal);
        var version = await Assert.ThrowsAsync<DocumentException>(() => _store.ExportAsync(s_key, "v9", Cancel));
        Assert.Contains("has no version 'v9'. It has CURRENT.", version.Message, StringComparison.Ordinal);
        var none = await Assert.ThrowsAsync<ApiException>(() => _store.TagAsync(s_key with { Name = "none" }, "v1", Cancel));
        Assert.Equal(ApiFailure.NotFound, none.Kind);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static CollectionDocument Document(string text) => CollectionDocument.Read(Encoding.UTF8.GetBytes(text));

    private static ExampleSpec Example(string name, string path) => new() { Name = name, Request = new() { Method = "GET", Path = path }, Response = new() { Body = "hello" } };

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    private static void AssertSame(string expected, ReadOnlyMemory<byte>? read) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(read!.Value.Span)));

    private void Put(JsonObject spec) => _played.Objects.Put("collections", new JsonObject
    {
        ["apiVersion"] = ApiGroup.ApiVersion,
        ["kind"] = "Collection",
        ["metadata"] = new JsonObject { ["name"] = "pets", ["namespace"] = "demo" },
        ["spec"] = spec,
    });

    private void Touch()
    {
        var found = _played.Objects.Find("collections", "demo", "pets")!;
        found["metadata"]!["labels"] = new JsonObject { ["touched"] = "yes" };
        _played.Objects.Put("collections", found);
    }

    /// <summary>The content that the Collection names can be read, whatever was written last.</summary>
    private void AssertWhole()
    {
        if (_played.Objects.Find("collections", "demo", "pets")?["spec"]?["configMapKeyRef"] is not JsonObject reference)
            return;
        var names = (reference["parts"] as JsonArray ?? []).Select(static part => (string)part!["name"]!).Prepend((string)reference["name"]!);
        using var joined = new MemoryStream();
        foreach (var name in names)
            joined.Write(Convert.FromBase64String((string)_played.Objects.Find("configmaps", "demo", name)!["binaryData"]![PackedDocument.Key]!));
        joined.Position = 0;
        using var document = new System.IO.Compression.GZipStream(joined, System.IO.Compression.CompressionMode.Decompress);
        Assert.NotNull(JsonNode.Parse(document));
    }
}
