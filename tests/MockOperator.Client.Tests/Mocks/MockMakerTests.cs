using System.Text;
using System.Text.Json.Nodes;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Client.Mocks;
using MockOperator.Client.Tests.Cluster;
using MockOperator.Client.Tests.Collections;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Mocks;

public sealed class MockMakerTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private PlayedCluster _played = null!;
    private MockCluster _cluster = null!;
    private MockMaker _maker = null!;

    public async ValueTask InitializeAsync()
    {
        _played = await PlayedCluster.StartAsync();
        _cluster = _played.Connect();
        _maker = new MockMaker(_cluster);
    }

    public async ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        await _played.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_becomes_environment_collection_and_mock_in_this_order()
    {
        await _maker.MakeAsync(Full, cancellationToken: Cancel);

        Assert.Equal(["create secrets demo/", "create collections demo/", "create mockservers demo/"], _played.Requests.Select(static request => request.ToString()));
        var spec = _played.Objects.Find("mockservers", "demo", "pets")!["spec"]!;
        Assert.Equal(
            """{"displayName":"Pets","collectionRef":{"name":"petstore"},"environment":{"postman":{"secretKeyRef":{"name":"pets-environment","key":"environment.json"}}},"publishUrl":{"configMap":{"name":"app","key":"url"}},"private":true,"ingress":{"host":"pets.example.com"},"delay":{"fixed":"250ms"},"quota":{"calls":1000,"period":"Month"}}""",
            spec.ToJsonString());
    }

    [Fact]
    public async Task What_is_shown_is_what_is_written()
    {
        var shown = MockMaker.Render(Full);
        await _maker.MakeAsync(Full, cancellationToken: Cancel);

        Assert.Equal(["v1 Secret", "mockoperator.dev/v1alpha1 Collection", "mockoperator.dev/v1alpha1 MockServer"], shown.Select(static one => $"{one.ApiVersion} {one.Kind}"));
    }

    [Fact]
    public async Task A_large_collection_takes_ConfigMaps_that_it_owns()
    {
        var draft = Full with { Document = CollectionDocument.Read(Exports.OfSize(2_000_000)) };
        Assert.Equal(["Secret", "ConfigMap", "ConfigMap", "Collection", "MockServer"], MockMaker.Render(draft).Select(static one => one.Kind));

        await _maker.MakeAsync(draft, cancellationToken: Cancel);

        var owner = (string?)_played.Objects.Find("collections", "demo", "petstore")!["metadata"]!["uid"];
        Assert.All(_played.Objects.List("configmaps"), map => Assert.Equal(owner, (string?)map["metadata"]!["ownerReferences"]![0]!["uid"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_mock_is_refused_nothing_stays(bool isTaken)
    {
        if (isTaken)
            await _maker.MakeAsync(Inline, cancellationToken: Cancel);
        else
            _played.Trouble = static request => request is { Resource: "mockservers" } ? (403, "no mocks today") : null;

        var refused = await Assert.ThrowsAsync<ApiException>(() => _maker.MakeAsync(Full, cancellationToken: Cancel));

        Assert.Equal(isTaken ? ApiFailure.AlreadyExists : refused.Kind, refused.Kind);
        Assert.Empty(_played.Objects.List("secrets"));
        Assert.Empty(_played.Objects.List("collections"));
        Assert.Equal(isTaken ? 1 : 0, _played.Objects.List("mockservers").Count);
    }

    [Fact]
    public async Task A_dry_run_asks_the_server_about_everything_and_writes_nothing()
    {
        var judged = await _maker.MakeAsync(Full, dryRun: true, Cancel);

        Assert.Equal("pets", judged.Metadata.Name);
        Assert.Equal(3, _played.Requests.Count);
        Assert.All((string[])["secrets", "collections", "mockservers"], resource => Assert.Empty(_played.Objects.List(resource)));
    }

    [Theory]
    [InlineData("Users", null, "metadata.name: the name becomes the name of a Service")]
    [InlineData("users", "4m", "spec.delay.fixed: a duration from 0s to 3m")]
    public async Task A_rule_that_is_broken_is_told_by_its_field_before_anything_is_sent(string name, string? delay, string expected)
    {
        var refused = await Assert.ThrowsAsync<DocumentException>(() => _maker.MakeAsync(Inline with { Name = name, Delay = delay is null ? null : new() { Fixed = delay } }, cancellationToken: Cancel));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_played.Requests);
    }

    [Fact]
    public async Task A_wait_ends_as_soon_as_the_mock_is_ready()
    {
        var made = await _maker.MakeAsync(Inline, cancellationToken: Cancel);
        var told = new List<string?>();
        var wait = _maker.WaitAsync(made, s_patience, mock => told.Add(mock.Status?.Conditions?.Single().Reason), Cancel);
        Say("False", "Progressing");
        Say("True", "Ready");

        Assert.Equal(MockState.Ready, MockSummary.Of(await wait).State);
        Assert.Equal("Ready", told[^1]);
        // By a watch: nothing was asked again and again.
        Assert.DoesNotContain(_played.Requests, static request => request is { Verb: "get" });
    }

    [Fact]
    public async Task A_wait_ends_when_only_an_edit_helps()
    {
        var made = await _maker.MakeAsync(Inline, cancellationToken: Cancel);
        var wait = _maker.WaitAsync(made, s_patience, cancellationToken: Cancel);
        Say("False", "InvalidSpec", "Stalled");

        Assert.Equal(MockState.Stalled, MockSummary.Of(await wait).State);
    }

    [Fact]
    public async Task A_wait_ends_with_patience()
    {
        var made = await _maker.MakeAsync(Inline, cancellationToken: Cancel);
        Assert.Equal(MockState.Waiting, MockSummary.Of(await _maker.WaitAsync(made, TimeSpan.FromMilliseconds(1), cancellationToken: Cancel)).State);
    }

    [Fact]
    public async Task A_mock_that_is_deleted_meanwhile_is_told()
    {
        var made = await _maker.MakeAsync(Inline, cancellationToken: Cancel);
        var wait = _maker.WaitAsync(made, s_patience, cancellationToken: Cancel);
        await Eventually.HoldsAsync(() => _played.Requests.Any(static request => request.Verb == "watch"), "a watch");
        _played.Objects.Remove("mockservers", "demo", "pets");

        Assert.Equal(ApiFailure.NotFound, (await Assert.ThrowsAsync<ApiException>(() => wait)).Kind);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static MockDraft Inline => new() { Name = "pets", Namespace = "demo", Examples = [new() { Name = "one", Request = new() { Path = "/one" } }] };

    private static MockDraft Full => new()
    {
        Name = "pets",
        Namespace = "demo",
        DisplayName = "Pets",
        Document = CollectionDocument.Read(Encoding.UTF8.GetBytes(Exports.Small)),
        DocumentName = "petstore",
        EnvironmentDocument = EnvironmentDocument.Read(Encoding.UTF8.GetBytes(Exports.Environment("Staging", "key", "value", "secret"))),
        Private = true,
        SaveUrl = new() { Name = "app", Key = "url" },
        Delay = new() { Fixed = "250ms" },
        Serving = new() { Quota = new() { Calls = 1000, Period = QuotaPeriod.Month }, Ingress = new() { Host = "pets.example.com" } },
    };

    private void Say(string ready, string reason, string? beside = null)
    {
        var mock = _played.Objects.Find("mockservers", "demo", "pets")!;
        var conditions = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ready, ["reason"] = reason, ["message"] = "m" });
        if (beside is not null)
            conditions.Add(new JsonObject { ["type"] = beside, ["status"] = "True", ["reason"] = reason, ["message"] = "m" });
        mock["status"] = new JsonObject { ["observedGeneration"] = 1, ["conditions"] = conditions };
        _played.Objects.Put("mockservers", mock);
    }
}
