using System.Net;
using System.Text.Json;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Tests.Server;
using static MockOperator.Kubernetes.Tests.Server.ScriptedServer;

namespace MockOperator.Kubernetes.Tests.Client;

public sealed class ResourceClientTests : IDisposable
{
    private static readonly ObjectKey Key = new("default", "a");

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedServer _server = new();
    private readonly ApiTransport _transport;
    private readonly ResourceClient _client;

    public ResourceClientTests()
    {
        _transport = _server.Transport();
        _client = new ResourceClient(_transport, new ResourceClientOptions { Json = ScriptedServer.Json, FieldManager = "tests", Random = new Random(1) }, _time);
    }

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task An_apply_sends_only_what_is_wanted_with_manager_and_force()
    {
        _server.OnUnary(Answer(ToJson(Widget.Named("a", "7"))));
        var applied = await _client.ApplyAsync(new Widget { Metadata = new() { Name = "a", NamespaceProperty = "default" }, Spec = new WidgetSpec { Size = 3 } }, cancellationToken: Cancel);
        Assert.Equal("7", applied.Metadata.ResourceVersion);
        var request = Assert.Single(_server.Requests);
        Assert.Equal("/apis/example.test/v1/namespaces/default/widgets/a?fieldManager=tests&force=true&fieldValidation=Warn", request.PathAndQuery);
        Assert.Equal((HttpMethod.Patch, "application/apply-patch+yaml"), (request.Method, request.ContentType));
        Assert.Equal("""{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a","namespace":"default"},"spec":{"size":3}}""", request.Body);
    }

    [Fact]
    public async Task A_status_apply_goes_to_the_subresource_by_its_own_manager()
    {
        _server.OnUnary(Answer(ToJson(Widget.Named("a"))));
        await _client.ApplyStatusAsync(new Widget { Metadata = new() { Name = "a", NamespaceProperty = "default" }, Status = new WidgetStatus { Phase = "Done" } }, cancellationToken: Cancel);
        Assert.StartsWith("/apis/example.test/v1/namespaces/default/widgets/a/status?fieldManager=tests-status&", _server.Requests.Single().PathAndQuery, StringComparison.Ordinal);
        Assert.DoesNotContain("spec", _server.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_was_read_is_refused_as_apply_body()
    {
        var read = Widget.Named("a").With(m => m.ManagedFields = [new V1ManagedFieldsEntry()]);
        await Assert.ThrowsAsync<ArgumentException>(() => _client.ApplyAsync(read, cancellationToken: Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.ApplyAsync(new Widget { Metadata = new() { Name = "a" } }, cancellationToken: Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.ReplaceAsync(new Widget { Metadata = new() { Name = "a", NamespaceProperty = "x" } }, Cancel));
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task An_overloaded_server_is_asked_again_when_it_says(HttpStatusCode code)
    {
        _server.OnUnary(Status(code, "Busy", retryAfter: TimeSpan.FromSeconds(7)), Answer(ToJson(Widget.Named("a"))));
        var call = _client.GetAsync<Widget>(Key, Cancel);
        await Eventually.HoldsAsync(() => _server.Requests.Count == 1, "it is asked");
        await Eventually.SettleAsync();
        _time.Advance(TimeSpan.FromSeconds(6.9));
        await Eventually.SettleAsync();
        Assert.Single(_server.Requests);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.NotNull(await call.InTimeAsync("it is asked again"));
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_asked_again_sooner()
    {
        _server.OnUnary(Status(HttpStatusCode.TooManyRequests, "Busy", retryAfter: TimeSpan.FromHours(1)), Answer(ToJson(Widget.Named("a"))));
        var started = _time.GetUtcNow();
        Assert.NotNull(await MovingAsync(_client.GetAsync<Widget>(Key, Cancel)));
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task After_all_retries_it_is_unavailable()
    {
        _server.OnUnary(Refused());
        await Fails.AsAsync(ApiFailure.Unavailable, () => MovingAsync(_client.GetAsync<Widget>(Key, Cancel)));
        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task A_create_of_unknown_outcome_is_not_repeated()
    {
        _server.OnUnary(Refused());
        await Fails.AsAsync(ApiFailure.Unavailable, () => MovingAsync(_client.CreateAsync(Widget.Named("a", ""), Cancel)));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_create_that_the_server_did_not_begin_is_repeated()
    {
        _server.OnUnary(Status(HttpStatusCode.TooManyRequests, "Busy"), Answer(ToJson(Widget.Named("a")), HttpStatusCode.Created));
        await MovingAsync(_client.CreateAsync(Widget.Named("a", ""), Cancel));
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_hangs_is_given_up_and_repeated()
    {
        _server.OnUnary(Hang(), Answer(ToJson(Widget.Named("a"))));
        var started = _time.GetUtcNow();
        Assert.NotNull(await MovingAsync(_client.GetAsync<Widget>(Key, Cancel), TimeSpan.FromSeconds(1)));
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        _server.OnUnary(Hang());
        using var cancel = new CancellationTokenSource();
        var call = _client.GetAsync<Widget>(Key, cancel.Token);
        await Eventually.HoldsAsync(() => _server.Requests.Count == 1, "it is asked");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTimeAsync("the call ends"));
    }

    [Fact]
    public async Task A_refusal_says_where_and_why()
    {
        _server.OnUnary(Status(HttpStatusCode.MethodNotAllowed, "Because", "it is so"));
        var error = await Fails.AsAsync(ApiFailure.Other, () => MovingAsync(_client.ApplyAsync(Widget.Named("a"), cancellationToken: Cancel)));
        Assert.Equal("PATCH /apis/example.test/v1/namespaces/default/widgets/a: 405 Because: it is so", error.Message);
    }

    [Fact]
    public async Task A_policy_that_denies_a_secret_is_told_from_a_secret_that_is_wrong()
    {
        _server.OnUnary(Status(HttpStatusCode.BadRequest, "BadRequest", "admission webhook \"w.example.com\" denied the request: hunter2"));
        var secret = new V1Secret { Metadata = new() { Name = "a", NamespaceProperty = "default" } };
        var error = await Fails.AsAsync(ApiFailure.Denied, () => _client.CreateAsync(secret, Cancel));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_says_about_a_secret_is_not_repeated()
    {
        _server.OnUnary(Status(HttpStatusCode.UnprocessableEntity, "Invalid", "data: Invalid value: hunter2"));
        var secret = new V1Secret { Metadata = new() { Name = "a", NamespaceProperty = "default" } };
        var error = await Fails.AsAsync(ApiFailure.Rejected, () => _client.CreateAsync(secret, Cancel));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_json_keeps_its_code()
    {
        _server.OnUnary(Answer("<html>Forbidden by proxy</html>", HttpStatusCode.Forbidden));
        var error = await Fails.AsAsync(ApiFailure.Forbidden, () => _client.ApplyAsync(Widget.Named("a"), cancellationToken: Cancel));
        Assert.Equal("Unknown", error.Reason);
    }

    [Fact]
    public async Task A_create_if_absent_tolerates_only_a_name_that_is_taken()
    {
        _server.OnUnary(Status(HttpStatusCode.Conflict, "AlreadyExists"), Status(HttpStatusCode.Conflict, "Conflict"));
        Assert.Null(await _client.CreateIfAbsentAsync(Widget.Named("a", ""), Cancel));
        await Fails.AsAsync(ApiFailure.Conflict, () => _client.CreateIfAbsentAsync(Widget.Named("a", ""), Cancel));
    }

    [Fact]
    public async Task A_delete_carries_its_preconditions_and_tolerates_absence()
    {
        _server.OnUnary(Answer("{}"), Status(HttpStatusCode.NotFound, "NotFound"), Status(HttpStatusCode.Conflict, "Conflict"));
        Assert.True(await _client.DeleteAsync<V1ConfigMap>(Key, new DeletePreconditions("u1", "5"), Cancel));
        using var body = JsonDocument.Parse(_server.Requests.Single().Body);
        Assert.Equal("u1", body.RootElement.GetProperty("preconditions").GetProperty("uid").GetString());
        Assert.Equal("5", body.RootElement.GetProperty("preconditions").GetProperty("resourceVersion").GetString());
        Assert.False(await _client.DeleteAsync<V1ConfigMap>(Key, cancellationToken: Cancel));
        await Fails.AsAsync(ApiFailure.Conflict, () => _client.DeleteAsync<V1ConfigMap>(Key, new DeletePreconditions("u1"), Cancel));
    }

    [Fact]
    public async Task Annotating_a_pod_sends_a_merge_patch_and_reads_only_metadata()
    {
        _server.OnUnary(Answer("""{"kind":"PartialObjectMetadata","metadata":{"name":"a","namespace":"default"}}"""), Status(HttpStatusCode.NotFound, "NotFound"));
        Assert.True(await _client.AnnotateAsync<V1Pod>(Key, new Dictionary<string, string?>(StringComparer.Ordinal) { ["x/y"] = "1", ["z"] = null }, Cancel));
        var request = _server.Requests.Single();
        Assert.Equal("/api/v1/namespaces/default/pods/a?fieldManager=tests&fieldValidation=Warn", request.PathAndQuery);
        Assert.Equal("application/merge-patch+json", request.ContentType);
        Assert.Equal("""{"metadata":{"annotations":{"x/y":"1","z":null}}}""", request.Body);
        Assert.Contains("as=PartialObjectMetadata", request.Accept, StringComparison.Ordinal);
        Assert.False(await _client.AnnotateAsync<V1Pod>(Key, new Dictionary<string, string?>(StringComparer.Ordinal), Cancel));
    }

    [Fact]
    public async Task A_list_of_metadata_asks_for_no_more()
    {
        _server.OnUnary(Answer("""{"kind":"PartialObjectMetadataList","metadata":{"resourceVersion":"3"},"items":[{"metadata":{"name":"a","namespace":"x"}}]}"""));
        var page = await _client.ListPageAsync<MetadataOf<V1ConfigMap>>(new ListQuery { LabelSelector = "a!=b" }, Cancel);
        Assert.Equal("a", Assert.Single(page.Items).Metadata.Name);
        var request = _server.Requests.Single();
        Assert.Equal("/api/v1/configmaps?limit=500&labelSelector=a%21%3Db", request.PathAndQuery);
        Assert.Contains("as=PartialObjectMetadataList", request.Accept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_list_follows_its_pages()
    {
        _server.OnUnary(List("1", "next", Widget.Named("a")), List("1", null, Widget.Named("b")));
        var names = new List<string>();
        await foreach (var widget in _client.ListAsync<Widget>(cancellationToken: Cancel))
            names.Add(widget.Metadata.Name);
        Assert.Equal(["a", "b"], names);
        Assert.Contains("continue=next", _server.Requests.Last().PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_tells_which_kinds_are_served_with_one_request_for_those_that_are_not()
    {
        const string Groups = """{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1"}]}]}""";
        _server.OnUnary(
            Answer(Groups),
            Answer("""{"kind":"APIResourceList","resources":[{"name":"deployments","kind":"Deployment"},{"name":"deployments/status","kind":"Deployment"}]}"""),
            Answer(Groups),
            Status(HttpStatusCode.NotFound, "NotFound"),
            Answer("""{"groups":[]}"""),
            Status(HttpStatusCode.Forbidden, "Forbidden"));
        var discovery = new KindDiscovery(_client);
        ResourceKind deployment = ResourceKind.Of<V1Deployment>(), set = ResourceKind.Of<V1ReplicaSet>(), widget = ResourceKind.Of<Widget>();
        Assert.Equal([deployment], await discovery.ServedAsync([widget, deployment, set], Cancel));
        Assert.Equal(["/apis", "/apis/apps/v1"], _server.Requests.Select(r => r.PathAndQuery));
        Assert.Empty(await discovery.ServedAsync([deployment], Cancel));
        Assert.Empty(await discovery.ServedAsync([widget, deployment], Cancel));
        await Fails.AsAsync(ApiFailure.Forbidden, () => discovery.ServedAsync([deployment], Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<T> MovingAsync<T>(Task<T> call, TimeSpan? step = null)
    {
        await Eventually.HoldsAsync(() => call.IsCompleted, "the call ends", _time, step);
        return await call;
    }
}
