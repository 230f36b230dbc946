using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Controllers;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

public sealed class MockServerControllerTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public MockServerControllerTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _cluster.Dispose();
    }

    [Fact]
    public async Task A_new_mock_with_an_embedded_collection_costs_five_writes()
    {
        Mock("hello", Embedded("hi"));

        await ReadyAsync("hello");

        Assert.Equal(
            ["PATCH configmaps/hello-mock-bundle", "PATCH deployments/hello-mock", "PATCH mockservers/hello/status", "PATCH serviceaccounts/hello-mock", "PATCH services/hello"],
            _cluster.Writes.Order(StringComparer.Ordinal));
        JsonObject status = (JsonObject)_cluster.Find("mockservers", "hello")!["status"]!;
        Assert.Equal("http://hello.demo.svc", (string?)status["url"]);
        Assert.Equal(1, (int?)status["exampleCount"]);
        Assert.Equal(1, (int?)status["acknowledgedReplicas"]);
    }

    [Fact]
    public async Task The_status_names_the_collection_its_version_and_what_was_understood_of_it()
    {
        JsonObject postman = Postman("one");
        postman["item"]!.AsArray().Add(postman["item"]![0]!.DeepClone());
        postman["item"]!.AsArray().Add(7);
        _cluster.Put("collections", "petstore", new JsonObject { ["spec"] = new JsonObject { ["postman"] = postman } });
        Mock("pets", Referring("petstore"));
        Mock("hello", Embedded("hi"));
        await ReadyAsync("pets");
        await ReadyAsync("hello");

        JsonNode served = _cluster.Find("mockservers", "pets")!["status"]!;
        Assert.Equal(("petstore", "CURRENT"), ((string?)served["collection"]!["name"], (string?)served["collection"]!["version"]));
        Assert.Equal((2, 1, 1), ((int?)served["exampleCount"], (int?)served["skippedCount"], (int?)served["shadowedCount"]));
        JsonNode embedded = _cluster.Find("mockservers", "hello")!["status"]!["collection"]!;
        Assert.Equal(("(embedded)", null), ((string?)embedded["name"], (string?)embedded["version"]));
    }

    [Fact]
    public async Task A_source_of_variables_that_is_optional_may_be_missing_and_is_taken_when_it_comes()
    {
        JsonObject spec = Embedded("{{api_city}}");
        spec["environment"] = JsonNode.Parse("""{"from": [{"configMapRef": {"name": "cities"}, "prefix": "api_", "optional": true}, {"secretRef": {"name": "absent"}, "optional": true}]}""");
        Mock("hello", spec);
        await ReadyAsync("hello");
        string before = Revision("hello");
        JsonArray volumes = _cluster.Find("deployments", "hello-mock")!["spec"]!["template"]!["spec"]!["volumes"]!.AsArray();
        Assert.True((bool?)volumes.Single(static volume => (string?)volume!["secret"]?["secretName"] == "absent")!["secret"]!["optional"]);

        _cluster.Put("configmaps", "cities", new JsonObject { ["data"] = new JsonObject { ["city"] = "Oslo" } });
        await Eventually.TrueAsync(() => Revision("hello") != before);
        Assert.Contains("\"api_city\":\"Oslo\"", Bundled("hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_mocks_cost_five_writes_each()
    {
        const int count = 50;
        for (int number = 0; number < count; number++)
        {
            Mock($"mock-{number}", Embedded("hi"));
        }

        for (int number = 0; number < count; number++)
        {
            await ReadyAsync($"mock-{number}");
        }

        Assert.Equal(5 * count, _cluster.Writes.Count);
    }

    [Fact]
    public async Task A_restart_writes_nothing()
    {
        Collection("petstore", "one");
        Mock("pets", Referring("petstore"));
        Mock("hello", Embedded("hi"));
        await ReadyAsync("pets");
        await ReadyAsync("hello");
        await CollectionReadyAsync("petstore");
        Collection("broken", "one");
        Mock("broken", Referring("broken"));
        await ReadyAsync("broken");
        _cluster.Put("collections", "broken", new JsonObject { ["spec"] = new JsonObject { ["postman"] = new JsonObject { ["item"] = null } } });
        await ReasonAsync("broken", "InvalidCollection");
        await CollectionReadyAsync("broken");
        await _operator!.DisposeAsync();
        _cluster.Writes.Clear();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

        // A write provoked afterwards shows that the operator had its turn.
        Mock("marker", Embedded("marker"));
        await ReadyAsync("marker");
        Assert.DoesNotContain(_cluster.Writes, static write => !write.Contains("marker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timed_look_at_everything_writes_nothing()
    {
        await _operator!.DisposeAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: clock);
        Collection("petstore", "one");
        Mock("pets", Referring("petstore"));
        Mock("hello", Embedded("hi"));
        await ReasonAsync("pets", "Serving", clock);
        await ReasonAsync("hello", "Serving", clock);
        await CollectionReadyAsync("petstore");
        double looks = await QuietAsync();
        _cluster.Writes.Clear();

        // All are looked at again within an hour and a tenth. Slowly enough that no call which is under way is taken to have lasted for long.
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(70); passed += TimeSpan.FromSeconds(4))
        {
            clock.Advance(TimeSpan.FromSeconds(4));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return await _operator.LooksAsync() >= looks + 2;
        });
        Assert.Empty(_cluster.Writes);
    }

    [Fact]
    public async Task A_mock_that_was_ready_stays_so_while_its_pods_are_slow_to_answer_a_new_operator_and_not_when_they_never_do()
    {
        Mock("hello", Embedded("hi"));
        await ReadyAsync("hello");
        await _operator!.DisposeAsync();
        _cluster.Writes.Clear();
        _kubelet.IsSilent = true;
        DateTimeOffset started = DateTimeOffset.UtcNow;
        var clock = new FakeTimeProvider(started);

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: clock);

        await ReasonAsync("hello", "NotAcknowledged", clock);
        Assert.InRange(clock.GetUtcNow() - started, MockStatusWriter.Patience * 2, MockStatusWriter.UnheardPatience * 3);
        Assert.Equal(["PATCH mockservers/hello/status"], _cluster.Writes);
    }

    [Fact]
    public async Task An_edit_of_a_collection_reaches_the_pods_by_an_annotation_and_restarts_none()
    {
        Collection("petstore", "one");
        Mock("pets", Referring("petstore"));
        await ReadyAsync("pets");
        string before = Revision("pets");
        _cluster.Writes.Clear();

        Collection("petstore", "two");

        await Eventually.TrueAsync(() => Revision("pets") != before && IsReady("pets"));
        Assert.Contains("PATCH pods/pets-mock-0", _cluster.Writes);
        Assert.DoesNotContain("PATCH deployments/pets-mock", _cluster.Writes);
        Assert.Equal(Revision("pets"), (string?)_cluster.Find("pods", "pets-mock-0")!["metadata"]!["annotations"]!["mockoperator.dev/bundle-revision"]);
    }

    [Fact]
    public async Task A_missing_collection_is_named_and_heals_when_it_appears()
    {
        Mock("pets", Referring("petstore"));
        await ReasonAsync("pets", "CollectionNotFound");
        Assert.Null(_cluster.Find("deployments", "pets-mock"));

        Collection("petstore", "one");

        await ReadyAsync("pets");
    }

    [Fact]
    public async Task A_missing_version_is_named_together_with_those_that_exist()
    {
        Collection("petstore", "one");
        Mock("pets", Referring("petstore", "v9"));

        await ReasonAsync("pets", "VersionNotFound");

        Assert.Contains("'CURRENT'", Message("pets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_key_is_named_and_heals_when_it_appears()
    {
        _cluster.Put("configmaps", "content", new JsonObject { ["data"] = new JsonObject { ["other.json"] = "{}" } });
        Mock("pets", new JsonObject { ["collection"] = new JsonObject { ["configMapKeyRef"] = new JsonObject { ["name"] = "content", ["key"] = "pets.json" } } });
        await ReasonAsync("pets", "KeyNotFound");
        Assert.Contains("'other.json'", Message("pets"), StringComparison.Ordinal);

        _cluster.Put("configmaps", "content", new JsonObject { ["data"] = new JsonObject { ["pets.json"] = Postman("one").ToJsonString() } });

        await ReadyAsync("pets");
    }

    [Fact]
    public async Task What_was_served_goes_on_being_served_when_the_new_content_is_useless()
    {
        Collection("petstore", "one");
        Mock("pets", Referring("petstore"));
        await ReadyAsync("pets");
        string before = Revision("pets");

        _cluster.Put("collections", "petstore", new JsonObject { ["spec"] = new JsonObject { ["postman"] = new JsonObject { ["item"] = null, ["nonsense"] = true } } });

        await Eventually.TrueAsync(() => !IsReady("pets"));
        Assert.Contains(before, Message("pets"), StringComparison.Ordinal);
        Assert.Equal(before, BundleRevision("pets"));
        Assert.Equal(1, (int?)_cluster.Find("mockservers", "pets")!["status"]!["acknowledgedReplicas"]);
    }

    [Fact]
    public async Task An_object_of_somebody_else_is_never_taken_over()
    {
        _cluster.Put("services", "hello", new JsonObject { ["spec"] = new JsonObject { ["clusterIP"] = "10.1.1.1" } });
        Mock("hello", Embedded("hi"));

        await ReasonAsync("hello", "NameConflict");

        Assert.Null(_cluster.Find("services", "hello")!["metadata"]!["ownerReferences"]);
        Assert.Null(_cluster.Find("deployments", "hello-mock"));
    }

    [Theory]
    [InlineData("deployments", "hello-mock")]
    [InlineData("services", "hello")]
    [InlineData("serviceaccounts", "hello-mock")]
    [InlineData("configmaps", "hello-mock-bundle")]
    public async Task A_child_deleted_by_hand_comes_back(string plural, string name)
    {
        Mock("hello", Embedded("hi"));
        await ReadyAsync("hello");

        _cluster.Remove(plural, name);

        await Eventually.TrueAsync(() => _cluster.Find(plural, name) is not null);
        await ReadyAsync("hello");
    }

    [Fact]
    public async Task A_child_edited_by_hand_is_repaired()
    {
        Mock("hello", Embedded("hi"));
        await ReadyAsync("hello");

        _cluster.Put("deployments", "hello-mock", new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 5 } });
        _cluster.Put("configmaps", "hello-mock-bundle", new JsonObject { ["data"] = new JsonObject { ["mock.json"] = "{}" } });

        await Eventually.TrueAsync(() => (int?)_cluster.Find("deployments", "hello-mock")!["spec"]!["replicas"] == 1);
        await Eventually.TrueAsync(() => (string?)_cluster.Find("configmaps", "hello-mock-bundle")!["data"]!["mock.json"] != "{}");
    }

    [Fact]
    public async Task Scaling_changes_the_deployment_and_no_revision()
    {
        Mock("hello", Embedded("hi"));
        await ReadyAsync("hello");
        string before = Revision("hello");

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 3 } });

        await Eventually.TrueAsync(() => (int?)_cluster.Find("mockservers", "hello")!["status"]!["acknowledgedReplicas"] == 3 && IsReady("hello"));
        Assert.Equal(before, Revision("hello"));
    }

    [Fact]
    public async Task No_pods_is_a_pause()
    {
        Mock("hello", Embedded("hi"));
        await ReadyAsync("hello");

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 0 } });

        await ReasonAsync("hello", "Paused");
    }

    [Fact]
    public async Task A_mock_made_without_pods_waits_for_no_controller_of_the_cluster()
    {
        _kubelet.IsFrozen = true;
        JsonObject paused = Embedded("hi");
        paused["replicas"] = 0;
        Mock("hello", paused);

        await ReasonAsync("hello", "Paused");

        Assert.Equal(5, _cluster.Writes.Count);
    }

    [Fact]
    public async Task A_mock_that_may_have_pods_is_not_called_paused_before_they_are_gone()
    {
        Mock("hello", Embedded("hi"));
        await ReadyAsync("hello");
        _kubelet.IsFrozen = true;
        _cluster.Writes.Clear();

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 0 } });
        await Eventually.TrueAsync(() => _cluster.Writes.Any(static write => write.Contains("deployments/hello-mock", StringComparison.Ordinal)));
        Mock("marker", new JsonObject { ["replicas"] = 0, ["collection"] = Embedded("hi")["collection"]!.DeepClone() });
        await ReasonAsync("marker", "Paused");

        Assert.NotEqual("Paused", (string)Ready("hello")!["reason"]!);
    }

    [Fact]
    public async Task A_spec_that_breaks_a_rule_is_refused_in_words()
    {
        JsonObject both = Embedded("hi");
        both["collectionRef"] = new JsonObject { ["name"] = "petstore" };
        Mock("hello", both);

        await ReasonAsync("hello", "InvalidSpec");

        Assert.Contains("exactly one of collectionRef and collection", Message("hello"), StringComparison.Ordinal);
        Assert.Null(_cluster.Find("deployments", "hello-mock"));
    }

    [Fact]
    public async Task What_the_API_server_says_of_a_pod_template_is_told()
    {
        _cluster.Refuse = static write => write == "PATCH deployments/hello-mock" ? HttpStatusCode.UnprocessableEntity : null;
        Mock("hello", Embedded("hi"));

        await ReasonAsync("hello", "InvalidSpec");

        Assert.Contains("refused by the test", Message("hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_that_forbids_a_child_is_told_and_tried_again()
    {
        _cluster.Refuse = static write => write == "PATCH services/hello" ? HttpStatusCode.Forbidden : null;
        Mock("hello", Embedded("hi"));
        await ReasonAsync("hello", "Forbidden");

        _cluster.Refuse = null;

        await ReadyAsync("hello");
    }

    [Fact]
    public async Task The_URL_is_published_beside_other_keys_and_taken_back_when_it_moves()
    {
        _cluster.Put("configmaps", "frontend", new JsonObject { ["data"] = new JsonObject { ["COLOUR"] = "blue" } });
        JsonObject spec = Embedded("hi");
        spec["publishUrl"] = Publish("frontend", "API_URL");
        Mock("hello", spec);
        await ReadyAsync("hello");
        await Eventually.TrueAsync(() => (string?)_cluster.Find("configmaps", "frontend")!["data"]!["API_URL"] == "http://hello.demo.svc");
        Assert.Equal("blue", (string?)_cluster.Find("configmaps", "frontend")!["data"]!["COLOUR"]);

        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = new JsonObject { ["publishUrl"] = Publish("backend", "URL") } });

        await Eventually.TrueAsync(() => (string?)_cluster.Find("configmaps", "backend")?["data"]?["URL"] == "http://hello.demo.svc");
        await Eventually.TrueAsync(() => _cluster.Find("configmaps", "frontend")!["data"]!["API_URL"] is null);
        Assert.Equal("blue", (string?)_cluster.Find("configmaps", "frontend")!["data"]!["COLOUR"]);
    }

    [Fact]
    public async Task A_deleted_mock_leaves_nothing_behind()
    {
        JsonObject spec = Embedded("hi");
        spec["publishUrl"] = Publish("backend", "URL");
        Mock("hello", spec);
        await ReadyAsync("hello");
        await Eventually.TrueAsync(() => _cluster.Find("configmaps", "backend") is not null);

        _cluster.Remove("mockservers", "hello");

        await Eventually.TrueAsync(() => _cluster.List("configmaps").Count == 0, () => string.Join("\n", _cluster.List("configmaps").Select(static map => map.ToJsonString()).Concat(_cluster.Writes)));
        Assert.Empty(_cluster.List("deployments"));
        Assert.Empty(_cluster.List("services"));
    }

    [Fact]
    public async Task Pods_that_refuse_a_revision_are_quoted()
    {
        _kubelet.IsFrozen = true;
        Mock("hello", Embedded("hi"));
        await Eventually.TrueAsync(() => BundleRevision("hello") is not null && _cluster.Find("deployments", "hello-mock") is not null);
        _kubelet.Problems[BundleRevision("hello")!] = "mock.json is from the future";
        _kubelet.IsFrozen = false;

        _kubelet.Run("hello-mock");

        await ReasonAsync("hello", "NotAcknowledged");
        Assert.Contains("mock.json is from the future", Message("hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_of_a_ConfigMap_is_part_of_the_content()
    {
        _cluster.Put("configmaps", "env", new JsonObject { ["data"] = new JsonObject { ["city"] = "Oslo" } });
        JsonObject spec = Embedded("{{city}}");
        spec["environment"] = new JsonObject { ["from"] = new JsonArray(new JsonObject { ["configMapRef"] = new JsonObject { ["name"] = "env" } }) };
        Mock("hello", spec);
        await ReadyAsync("hello");
        string before = Revision("hello");

        _cluster.Put("configmaps", "env", new JsonObject { ["data"] = new JsonObject { ["city"] = "Bergen" } });

        await Eventually.TrueAsync(() => Revision("hello") != before && IsReady("hello"));
        Assert.Contains("Bergen", (string?)_cluster.Find("configmaps", "hello-mock-bundle")!["data"]!["mock.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_the_ConfigMap_of_a_collection_is_served_though_the_status_of_the_collection_stays_the_same()
    {
        _cluster.Put("configmaps", "export", new JsonObject { ["data"] = new JsonObject { ["collection.json"] = Exported("before") } });
        var reference = new JsonObject { ["name"] = "export", ["key"] = "collection.json" };
        _cluster.Put("collections", "greetings", new JsonObject { ["spec"] = new JsonObject { ["configMapKeyRef"] = reference } });
        Mock("hello", new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "greetings" } });
        await ReadyAsync("hello");
        string before = Revision("hello");
        await Eventually.TrueAsync(() => _cluster.Find("collections", "greetings")!["status"] is not null);

        _cluster.Put("configmaps", "export", new JsonObject { ["data"] = new JsonObject { ["collection.json"] = Exported("after") } });

        await Eventually.TrueAsync(() => Revision("hello") != before && IsReady("hello"));
    }

    [Fact]
    public async Task The_status_of_a_collection_wakes_none_of_its_mocks()
    {
        const int count = 50;
        Collection("petstore", "one");
        for (int number = 0; number < count; number++)
        {
            Mock($"pets-{number}", Referring("petstore"));
        }

        for (int number = 0; number < count; number++)
        {
            await ReadyAsync($"pets-{number}");
        }

        await CollectionReadyAsync("petstore");
        double looks = await QuietAsync();

        _cluster.Put("collections", "petstore", [], new JsonObject { ["examples"] = 7 });

        // A mock made afterwards shows that the status has been seen; it alone is looked at.
        Mock("marker", Referring("petstore"));
        await ReadyAsync("marker");
        Assert.InRange(await QuietAsync() - looks, 1, count - 1);
    }

    private async Task<double> QuietAsync()
    {
        double before = -1;
        for (int calm = 0; calm < 10;)
        {
            double looks = await _operator!.LooksAsync();
            calm = looks == before ? calm + 1 : 0;
            before = looks;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return before;
    }

    private static string Exported(string body) =>
        $$"""{"info": {"name": "greetings"}, "item": [{"name": "hi", "request": {"method": "GET", "url": "http://x/hi"}, "response": [{"name": "hi", "code": 200, "body": "{{body}}"}]}]}""";

    private static JsonObject Embedded(string body) => new()
    {
        ["collection"] = new JsonObject
        {
            ["examples"] = new JsonArray(new JsonObject
            {
                ["name"] = "/hello",
                ["request"] = new JsonObject { ["path"] = "/hello" },
                ["response"] = new JsonObject { ["body"] = body },
            }),
        },
    };

    private static JsonObject Referring(string collection, string version = "CURRENT") =>
        new() { ["collectionRef"] = new JsonObject { ["name"] = collection, ["version"] = version } };

    private static JsonObject Publish(string name, string key) => new() { ["configMap"] = new JsonObject { ["name"] = name, ["key"] = key } };

    private static JsonObject Postman(string body) => new()
    {
        ["info"] = new JsonObject { ["name"] = "Pets", ["schema"] = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        ["item"] = new JsonArray(new JsonObject
        {
            ["name"] = "pets",
            ["request"] = new JsonObject { ["method"] = "GET", ["url"] = "http://example.com/pets" },
            ["response"] = new JsonArray(new JsonObject
            {
                ["name"] = "ok",
                ["originalRequest"] = new JsonObject { ["method"] = "GET", ["url"] = "http://example.com/pets" },
                ["code"] = 200,
                ["body"] = body,
            }),
        }),
    };

    private void Mock(string name, JsonObject spec) => _cluster.Put("mockservers", name, new JsonObject { ["spec"] = spec });

    private void Collection(string name, string body) => _cluster.Put("collections", name, new JsonObject { ["spec"] = new JsonObject { ["postman"] = Postman(body) } });

    private JsonNode? Ready(string name) =>
        (_cluster.Find("mockservers", name)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready");

    private bool IsReady(string name) =>
        (string?)Ready(name)?["status"] == "True"
        && (long?)_cluster.Find("mockservers", name)!["status"]!["observedGeneration"] == (long?)_cluster.Find("mockservers", name)!["metadata"]!["generation"];

    private Task ReadyAsync(string name) => Eventually.TrueAsync(() => IsReady(name), () => _cluster.Find("mockservers", name)?.ToJsonString() ?? "(none)");

    private Task ReasonAsync(string name, string reason, FakeTimeProvider? moving = null) =>
        Eventually.TrueAsync(() =>
        {
            moving?.Advance(TimeSpan.FromMilliseconds(500));
            return (string?)Ready(name)?["reason"] == reason;
        }, () => _cluster.Find("mockservers", name)?.ToJsonString() ?? "(none)");

    private Task CollectionReadyAsync(string name) => Eventually.TrueAsync(() =>
        (long?)_cluster.Find("collections", name)!["status"]?["observedGeneration"] == (long?)_cluster.Find("collections", name)!["metadata"]!["generation"]);

    private string Message(string name) => (string)Ready(name)!["message"]!;

    private string Bundled(string name) => string.Concat(_cluster.Find("configmaps", name + "-mock-bundle")!["data"]!.AsObject().Select(static pair => (string?)pair.Value));

    private string Revision(string name) => (string?)_cluster.Find("mockservers", name)!["status"]?["revision"] ?? "";

    private string? BundleRevision(string name) =>
        (string?)_cluster.Find("configmaps", name + "-mock-bundle")?["metadata"]?["annotations"]?["mockoperator.dev/revision"];
}
