using System.Text;
using System.Text.Json;
using CsCheck;
using MockOperator.Client.Connections;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;
using MockOperator.Testing;

namespace MockOperator.Client.Tests.Mocks;

/// <summary>What lists read of objects that have all that objects of a cluster have.</summary>
public class ListedMockTests
{
    // As much of a list as is read at once.
    private const int BufferOfLists = 32 * 1024;

    private const string Mock = """
        {
          "apiVersion": "mockoperator.dev/v1alpha1", "kind": "MockServer",
          "metadata": {
            "name": "users", "namespace": "demo", "uid": "u", "generation": 3, "creationTimestamp": "2026-11-02T10:00:00Z", "labels": {"team": "a"}, "ofTomorrow": {"x": [1]},
            "managedFields": [{"manager": "argocd-controller", "operation": "Apply", "apiVersion": "mockoperator.dev/v1alpha1", "time": "2026-11-02T10:00:05Z", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:replicas": {}}}}]
          },
          "spec": {
            "displayName": "Users", "collectionRef": {"name": "users", "version": "v2"}, "private": true, "replicas": 2, "activeServerResponse": "down", "seed": 7, "ofTomorrow": [{}],
            "collection": {"postman": {"info": {"name": "Users"}, "item": [{"name": "one"}]}},
            "environment": {"variables": [{"name": "a", "value": "b"}]}, "matching": {"headers": ["x-tenant"], "body": "Exact"}, "delay": {"fixed": "2s"},
            "serverResponses": [{"name": "down", "statusCode": 503, "body": "no"}], "podTemplate": {"spec": {"containers": []}}, "affinity": {"nodeAffinity": {}}
          },
          "status": {
            "observedGeneration": 3, "url": "http://users", "externalUrl": "https://users", "replicas": 2, "readyReplicas": 1, "exampleCount": 4, "collection": {"name": "users", "version": "v2"}, "calls": {"answered": 12},
            "conditions": [{"type": "Ready", "status": "False", "reason": "CollectionNotFound", "message": "There is no such collection.", "lastTransitionTime": "2026-11-02T10:00:10Z"}]
          }
        }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_tells_of_a_mock_what_the_mock_itself_would()
    {
        await using var played = await PlayedCluster.StartAsync();
        played.Objects.Put("mockservers", Mock);
        using var cluster = played.Connect();
        var listed = Assert.Single((await cluster.Api.ListPageAsync<ListedMock>(new ListQuery { Namespace = "demo" }, Cancel)).Items);
        var whole = Assert.Single((await cluster.Api.ListPageAsync<MockServer>(new ListQuery { Namespace = "demo" }, Cancel)).Items);
        Assert.Equal(Told(ListedMock.Of(whole)), Told(listed));
        Assert.Equal((MockState.Failing, "There is no such collection."), (MockSummary.Of(listed).State, MockSummary.Of(listed).Problem));
    }

    [Fact]
    public void A_list_reads_all_that_it_tells_and_nothing_else()
    {
        var listed = Read<ListedMock>(Mock);
        Assert.Equal(("Users", true, 2, "down", "2s"), (listed.Spec!.DisplayName, listed.Spec.Private, listed.Spec.Replicas, listed.Spec.ActiveServerResponse, listed.Spec.Delay!.Fixed));
        Assert.Equal(("users", "v2", "a", "x-tenant"), (listed.Spec.CollectionRef!.Name, listed.Spec.CollectionRef.Version, listed.Spec.Environment!.Variables![0].Name, listed.Spec.Matching!.Headers![0]));
        Assert.Equal((3, 12, 4, 2, 1), (listed.Status!.ObservedGeneration, listed.Status.CallsAnswered, listed.Status.ExampleCount, listed.Status.Replicas, listed.Status.ReadyReplicas));
        Assert.Equal(("http://users", "https://users", "users v2"), (listed.Status.Url, listed.Status.ExternalUrl, listed.Status.Collection!.ToString()));
        Assert.Equal([new ListedCondition("Ready", ConditionStatus.False, "CollectionNotFound", "There is no such collection.")], listed.Status.Conditions);
        var book = Assert.Single(listed.Metadata.ManagedFields);
        Assert.Equal(("argocd-controller", new DateTime(2026, 11, 2, 10, 0, 5, DateTimeKind.Utc), null), (book.Manager, book.Time, book.FieldsV1));
        Assert.Null(listed.Metadata.Labels);
    }

    [Fact]
    public void What_a_list_tells_is_what_the_serializer_would_have_read() => MockJson.Any.Sample(static json =>
    {
        var (whole, listed) = (Try<MockServer>(json), Try<ListedMock>(json));
        return whole is null ? listed is null : listed is not null && Told(ListedMock.Of(whole)) == Told(listed);
    });

    [Fact]
    public async Task A_list_tells_the_same_wherever_a_buffer_ends_in_a_mock()
    {
        var expected = Told(Read<ListedMock>(Mock));
        var body = new List<byte>();
        using var transport = new ApiTransport(new Uri("http://played/"), _ => new Answering(() => [.. body]));
        var api = new ResourceClient(transport, new ResourceClientOptions { FieldManager = "tests", Json = MockCluster.Json }, TimeProvider.System);
        var length = Encoding.UTF8.GetByteCount(Mock);
        for (var pad = BufferOfLists - length - 200; pad < BufferOfLists; pad++)
        {
            body.Clear();
            body.AddRange(Encoding.UTF8.GetBytes($$"""{"pad":"{{new string('x', pad)}}","metadata":{"resourceVersion":"1"},"items":[{{Mock}},{"spec":{"private":7},"metadata":{"name":"odd"} },{{Mock}}]}"""));
            var page = await api.ListPageAsync<ListedMock, string>(new ListQuery(), Told, Cancel);
            Assert.Equal([expected, expected], page.Items);
            Assert.Equal("odd", Assert.Single(page.Unreadable).Key?.Name);
        }
    }

    [Theory]
    [InlineData("""{"metadata":{"name":7}}""", "$.metadata")]
    [InlineData("""{"metadata":[]}""", "$.metadata")]
    [InlineData("""{"spec":{"private":"yes"}}""", "$.spec")]
    [InlineData("""{"spec":{"replicas":1.5}}""", "$.spec")]
    [InlineData("""{"spec":{"delay":{"fixed":2}}}""", "$.spec")]
    [InlineData("""{"status":{"conditions":{}}}""", "$.status")]
    [InlineData("""{"status":{"conditions":[{"status":"Perhaps"}]}}""", "$.status")]
    [InlineData("""{"status":{"calls":{"answered":99999999999999999999}}}""", "$.status")]
    [InlineData("[]", "$")]
    public void What_is_of_another_type_is_refused_with_its_place(string json, string place) =>
        Assert.Equal(place, Assert.Throws<JsonException>(() => Read<ListedMock>(json)).Path);

    [Fact]
    public void What_a_list_has_read_is_never_written() =>
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new ListedMock(), ApiJson.TypeOf<ListedMock>(MockCluster.Json)));

    [Fact]
    public void Content_of_collections_is_passed_over_however_much_and_deep_it_is()
    {
        var collection = Read<ListedCollection>($$$"""
            {
              "metadata": {"name": "users", "namespace": "demo"},
              "spec": {"postman": {"item": {{{new string('[', 200)}}}{{{new string(']', 200)}}}, "text": "{{{new string('x', 300_000)}}}"}, "versions": [{"tag": "v1", "postman": {"item": [null]}}, {"tag": "v2", "configMapKeyRef": {"name": "c", "key": "k"}}]},
              "status": {"exampleCount": 3, "skippedCount": 1, "conditions": [{"type": "Ready", "status": "True", "reason": "Ready", "message": ""}]}
            }
            """);
        Assert.Equal(["v1", "v2"], collection.Spec!.Versions!.Select(static version => version.Tag));
        Assert.Equal((3, 1, "Ready"), (collection.Status!.ExampleCount, collection.Status.SkippedCount, collection.Status.Conditions![0].Type));
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize(json, ApiJson.TypeOf<T>(MockCluster.Json))!;

    private static T? Try<T>(string json)
        where T : class
    {
        try
        {
            return Read<T>(json);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    // All that a list tells, as text.
    private static string Told(ListedMock mock) => JsonSerializer.Serialize(new
    {
        mock.Metadata.Name,
        mock.Metadata.NamespaceProperty,
        mock.Metadata.Generation,
        mock.Metadata.CreationTimestamp,
        mock.Metadata.DeletionTimestamp,
        Books = mock.Metadata.ManagedFields?.Select(static book => new { book.Manager, book.Subresource, book.Time }),
        mock.Spec,
        mock.Status,
    });

    private sealed class Answering(Func<byte[]> body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(body()) });
    }
}
