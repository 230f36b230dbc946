using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Client.Mocks;
using MockOperator.Client.Tests.Collections;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Mocks;

public sealed class MockEditorTests : IAsyncLifetime
{
    private static readonly ObjectKey s_key = new("demo", "pets");
    private PlayedCluster _played = null!;
    private MockCluster _cluster = null!;
    private MockEditor _editor = null!;

    public async ValueTask InitializeAsync()
    {
        _played = await PlayedCluster.StartAsync();
        _cluster = _played.Connect();
        _editor = new MockEditor(_cluster);
    }

    public async ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        await _played.DisposeAsync();
    }

    public static TheoryData<MockEdit, string> Edits => new()
    {
        { new MockEdit(), "{}" },
        { new MockEdit { DisplayName = "Pets" }, "{}" },
        { new MockEdit { DisplayName = "Dogs" }, """{"spec":{"displayName":"Dogs"}}""" },
        { new MockEdit { DisplayName = "" }, """{"spec":{"displayName":null}}""" },
        { new MockEdit { Version = "v1" }, "{}" },
        { new MockEdit { Version = "v2" }, """{"spec":{"collectionRef":{"version":"v2"}}}""" },
        { new MockEdit { Version = "CURRENT" }, """{"spec":{"collectionRef":{"version":null}}}""" },
        { new MockEdit { Collection = "dogs" }, """{"spec":{"collectionRef":{"name":"dogs","version":null}}}""" },
        { new MockEdit { Environment = "" }, """{"spec":{"environment":{"postman":null}}}""" },
        { new MockEdit { Environment = "other", IsEnvironmentSecret = true }, """{"spec":{"environment":{"postman":{"configMapKeyRef":null,"secretKeyRef":{"name":"other","key":"environment.json"}}}}}""" },
        { new MockEdit { Private = false }, "{}" },
        { new MockEdit { Private = true }, """{"spec":{"private":true}}""" },
        { new MockEdit { Delay = new() { Fixed = "1s" } }, """{"spec":{"delay":{"preset":null,"fixed":"1s"}}}""" },
        { new MockEdit { Delay = new() { Preset = DelayPreset.ThreeG } }, """{"spec":{"delay":{"preset":"3G"}}}""" },
        { new MockEdit { Delay = new() }, """{"spec":{"delay":null}}""" },
        { new MockEdit { RespondWith = "down" }, """{"spec":{"activeServerResponse":"down"}}""" },
        { new MockEdit { RespondWith = "" }, "{}" },
        { new MockEdit { Replicas = 1 }, "{}" },
        { new MockEdit { Replicas = 0 }, """{"spec":{"replicas":0}}""" },
        { new MockEdit { Paused = true }, """{"spec":{"replicas":0}}""" },
        { new MockEdit { Paused = false }, "{}" },
        { new MockEdit { ServerResponses = [new() { Name = "slow", Status = 503 }] }, """{"spec":{"serverResponses":[{"name":"slow","status":503}]}}""" },
        { new MockEdit { ServerResponses = [new() { Name = "down", Status = 500, Headers = [], Share = 100 }] }, "{}" },
        { new MockEdit { ServerResponses = [new() { Name = "down", Status = 500, Share = 99 }] }, """{"spec":{"serverResponses":[{"name":"down","status":500,"share":99}]}}""" },
        { new MockEdit { Serving = new() }, "{}" },
        { new MockEdit { Serving = new() { Matching = new() { Body = BodyMatching.Ignore, Headers = ["X-Tenant"], QueryParams = true } } }, "{}" },
        { new MockEdit { Serving = new() { Matching = new() { Body = BodyMatching.Exact } } }, """{"spec":{"matching":{"body":"Exact"}}}""" },
        { new MockEdit { Serving = new() { Matching = new() { Headers = [] } } }, """{"spec":{"matching":{"headers":null}}}""" },
        { new MockEdit { Serving = new() { RateLimit = new() { Requests = 120, Per = "60s" } } }, "{}" },
        { new MockEdit { Serving = new() { RateLimit = new() { Requests = 120, Per = "2m" } } }, """{"spec":{"rateLimit":{"per":"2m"}}}""" },
        { new MockEdit { Serving = new() { RateLimit = new() } }, """{"spec":{"rateLimit":null}}""" },
        { new MockEdit { Serving = new() { Quota = new() { Calls = 5 } } }, """{"spec":{"quota":{"calls":5}}}""" },
        { new MockEdit { Serving = new() { Quota = new() } }, "{}" },
        { new MockEdit { Serving = new() { Cors = new() { AllowOrigins = ["*"], Enabled = true } } }, "{}" },
        { new MockEdit { Serving = new() { Cors = new() { AllowOrigins = ["https://b.example"], AllowCredentials = true } } }, """{"spec":{"cors":{"allowOrigins":["https://b.example"],"allowCredentials":true}}}""" },
        { new MockEdit { Serving = new() { Ingress = new() { Host = "pets.example.com", Path = "" } } }, """{"spec":{"ingress":{"path":null}}}""" },
        { new MockEdit { Serving = new() { Ingress = new() { Host = "" } } }, """{"spec":{"ingress":{"host":null}}}""" },
        { new MockEdit { Serving = new() { Ingress = IngressEdit.None } }, """{"spec":{"ingress":null}}""" },
    };

    [Theory]
    [MemberData(nameof(Edits), DisableDiscoveryEnumeration = true)]
    public void An_edit_is_a_patch_of_what_changes(MockEdit edit, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(MockEditor.Patch(Mock(), edit).Span));

    [Fact]
    public void A_Collection_takes_the_place_of_examples_of_its_own()
    {
        var mock = new MockServer { Metadata = new V1ObjectMeta { Name = "pets", NamespaceProperty = "demo" }, Spec = new() { Collection = new() { Examples = [] } } };

        Assert.Equal("""{"spec":{"collectionRef":{"name":"dogs"},"collection":null}}""", Encoding.UTF8.GetString(MockEditor.Patch(mock, new() { Collection = "dogs" }).Span));
        Assert.Contains("have no versions", Assert.Throws<DocumentException>(() => MockEditor.Patch(mock, new() { Version = "v1" })).Message, StringComparison.Ordinal);
    }

    public static TheoryData<MockEdit, string> Refused => new()
    {
        { new MockEdit { RespondWith = "up" }, "has no server response 'up'. It has down." },
        { new MockEdit { Delay = new() { Fixed = "1h" } }, "spec.delay.fixed: a duration from 0s to 3m" },
        { new MockEdit { Serving = new() { Cors = new() { AllowCredentials = true } } }, "spec.cors.allowOrigins[0]: credentials exclude the origin '*'" },
        { new MockEdit { Serving = new() { Quota = new() { Calls = -1 } } }, "spec.quota.calls: the number of calls in a period is needed" },
        { new MockEdit { Replicas = 101 }, "spec.replicas: 0 to 100" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void A_rule_that_is_broken_is_told_by_its_field(MockEdit edit, string expected) =>
        Assert.Contains(expected, Assert.Throws<DocumentException>(() => MockEditor.Patch(Mock(), edit)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData(1, null, 1)]
    [InlineData(3, "3", 3)]
    [InlineData(100, "100", 100)]
    public async Task A_mock_that_is_resumed_has_the_replicas_that_it_had_before(int? replicas, string? remembered, int resumed)
    {
        Put(replicas);
        var paused = await _editor.EditAsync(s_key, new() { Paused = true }, cancellationToken: Cancel);
        Assert.Equal((0, remembered), (paused.Spec!.Replicas, Remembered(paused)));
        Assert.Equal(remembered, Remembered(await _editor.EditAsync(s_key, new() { Paused = true }, cancellationToken: Cancel)));

        var running = await _editor.EditAsync(s_key, new() { Paused = false }, cancellationToken: Cancel);
        Assert.Equal((resumed, null), (running.Spec!.Replicas, Remembered(running)));
    }

    [Fact]
    public async Task What_was_remembered_of_a_pause_that_somebody_else_ended_is_not_used()
    {
        Put(3);
        await _editor.EditAsync(s_key, new() { Paused = true }, cancellationToken: Cancel);
        await _editor.EditAsync(s_key, new() { Replicas = 2 }, cancellationToken: Cancel);
        Assert.Null(Remembered(await _editor.EditAsync(s_key, new() { Paused = false }, cancellationToken: Cancel)));

        // By kubectl, which knows nothing of the annotation.
        Put(1, "7");
        await _editor.EditAsync(s_key, new() { Paused = true }, cancellationToken: Cancel);
        Assert.Equal(1, (await _editor.EditAsync(s_key, new() { Paused = false }, cancellationToken: Cancel)).Spec!.Replicas);
    }

    [Theory]
    [InlineData("101")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("3 ")]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("99999999999999999999")]
    public async Task Replicas_that_can_not_have_been_are_refused_with_the_place(string remembered)
    {
        Put(0, remembered);
        var refused = await Assert.ThrowsAsync<DocumentException>(() => _editor.EditAsync(s_key, new() { Paused = false }, cancellationToken: Cancel));
        Assert.Contains($"annotation mockoperator.dev/replicas-before-pause of mock 'pets' says '{remembered.Trim()}', which is no number from 1 to 100", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (int?)_played.Objects.Find("mockservers", "demo", "pets")!["spec"]!["replicas"]);

        var running = await _editor.EditAsync(s_key, new() { Replicas = 2 }, cancellationToken: Cancel);
        Assert.Equal((2, null), (running.Spec!.Replicas, Remembered(running)));
    }

    [Fact]
    public async Task What_others_set_stays()
    {
        Put();
        var edited = await _editor.EditAsync(s_key, new() { DisplayName = "Dogs" }, cancellationToken: Cancel);

        Assert.Equal("Dogs", edited.Spec!.DisplayName);
        Assert.Equal("stays", (string?)_played.Objects.Find("mockservers", "demo", "pets")!["spec"]!["unknown"]);
    }

    [Fact]
    public async Task A_status_that_is_written_meanwhile_is_no_reason_to_give_up()
    {
        Put();
        var patches = 0;
        _played.Trouble = request =>
        {
            if (request is { Verb: "patch" } && patches++ == 0)
                _played.Objects.Put("mockservers", _played.Objects.Find("mockservers", "demo", "pets")!);
            return null;
        };

        Assert.Equal("Dogs", (await _editor.EditAsync(s_key, new() { DisplayName = "Dogs" }, cancellationToken: Cancel)).Spec!.DisplayName);
        Assert.Equal(2, patches);
    }

    [Fact]
    public async Task An_exported_environment_is_stored_and_used()
    {
        Put();
        await _editor.EditAsync(s_key, new() { EnvironmentDocument = Environment("default") }, cancellationToken: Cancel);
        Assert.Equal("pets-environment", (string?)_played.Objects.Find("mockservers", "demo", "pets")!["spec"]!["environment"]!["postman"]!["configMapKeyRef"]!["name"]);

        await _editor.EditAsync(s_key, new() { EnvironmentDocument = Environment("secret") }, cancellationToken: Cancel);
        var postman = _played.Objects.Find("mockservers", "demo", "pets")!["spec"]!["environment"]!["postman"]!.ToJsonString();
        Assert.Equal("""{"secretKeyRef":{"name":"pets-environment","key":"environment.json"}}""", postman);
        Assert.Empty(_played.Objects.List("configmaps"));
    }

    [Fact]
    public async Task A_stored_environment_is_used_by_name_and_one_that_is_not_there_is_told()
    {
        Put();
        await new EnvironmentStore(_cluster).CreateAsync(new("demo", "staging"), Environment("secret"), Cancel);

        var edited = await _editor.EditAsync(s_key, new() { Environment = "staging" }, cancellationToken: Cancel);
        Assert.Equal("staging", edited.Spec!.Environment!.Postman!.SecretKeyRef!.Name);
        var refused = await Assert.ThrowsAsync<DocumentException>(() => _editor.EditAsync(s_key, new() { Environment = "none" }, cancellationToken: Cancel));
        Assert.Contains("no stored environment 'none'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        Put();
        var judged = await _editor.EditAsync(s_key, new() { DisplayName = "Dogs", EnvironmentDocument = Environment("default") }, dryRun: true, Cancel);

        Assert.Equal("Dogs", judged.Spec!.DisplayName);
        Assert.Empty(_played.Objects.List("configmaps"));
        Assert.Equal("Pets", (string?)_played.Objects.Find("mockservers", "demo", "pets")!["spec"]!["displayName"]);
    }

    [Fact]
    public async Task A_mock_that_is_not_there_is_told() =>
        Assert.Equal(ApiFailure.NotFound, (await Assert.ThrowsAsync<ApiException>(() => _editor.EditAsync(s_key, new() { DisplayName = "x" }, cancellationToken: Cancel))).Kind);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static EnvironmentDocument Environment(string type) => EnvironmentDocument.Read(Encoding.UTF8.GetBytes(Exports.Environment("Staging", "key", "value", type)));

    private static MockServer Mock() => new()
    {
        Metadata = new V1ObjectMeta { Name = "pets", NamespaceProperty = "demo" },
        Spec = new MockServerSpec
        {
            DisplayName = "Pets",
            CollectionRef = new() { Name = "pets", Version = "v1" },
            Environment = new() { Variables = [], Postman = new() { ConfigMapKeyRef = new() { Name = "staging", Key = "environment.json" } } },
            Delay = new() { Preset = DelayPreset.TwoG },
            ServerResponses = [new() { Name = "down", Status = 500 }],
            // As a server writes them, with the defaults that its schema has.
            Matching = new() { Mode = MatchingMode.Postman, Body = BodyMatching.Ignore, Headers = ["X-Tenant"], QueryParams = true, Wildcards = true, Fuzzy = true },
            RateLimit = new() { Requests = 120 },
            Cors = new() { MaxAge = "5m", AllowOrigins = ["*"] },
            Ingress = new() { Host = "pets.example.com", Path = "/v1", Tls = new() { SecretName = "cert" } },
        },
    };

    private static string? Remembered(MockServer mock) => mock.Metadata.Annotations is { } all && all.TryGetValue("mockoperator.dev/replicas-before-pause", out var value) ? value : null;

    private void Put(int? replicas = null, string? beforePause = null)
    {
        var spec = JsonNode.Parse(JsonSerializer.Serialize(Mock().Spec! with { Environment = null }, ResourceJson.Default.MockServerSpec))!;
        spec["unknown"] = "stays";
        if (replicas is not null)
            spec["replicas"] = replicas;
        _played.Objects.Put("mockservers", new JsonObject
        {
            ["apiVersion"] = ApiGroup.ApiVersion,
            ["kind"] = "MockServer",
            ["metadata"] = new JsonObject
            {
                ["name"] = "pets",
                ["namespace"] = "demo",
                ["annotations"] = beforePause is null ? null : new JsonObject { ["mockoperator.dev/replicas-before-pause"] = beforePause },
            },
            ["spec"] = spec,
        });
    }
}
