using System.Net;
using System.Net.Sockets;
using System.Text;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Serving;

public sealed class HostileInputTests : IAsyncLifetime
{
    private static readonly string Mock = PostmanId.Of(PostmanKind.Mock, new("demo", "pets"));

    private PlayedApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await PlayedApi.StartAsync();
        _api.PutCollection("pets");
        _api.PutMock("pets");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    public static TheoryData<string, string> Writes => new()
    {
        { "POST", "/mocks" }, { "PUT", $"/mocks/{Mock}" }, { "POST", $"/mocks/{Mock}/server-responses" }, { "POST", "/collections?workspace=demo" },
        { "POST", "/environments?workspace=demo" }, { "PATCH", $"/collections/{PostmanId.Of(PostmanKind.Collection, new("demo", "pets"))}" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Whatever_a_body_is_the_answer_is_a_4xx_that_changes_nothing(string method, string path)
    {
        var before = _api.Cluster.Requests.Count(request => request.Verb is "create" or "patch" or "update" or "delete");
        string[] bodies =
        [
            "", "null", "7", "\"text\"", "[]", "[[[", "{", "{\"mock\"", "\u0000", "{\"a\":1}{}", new string('[', 100_000), "{\"mock\":" + new string('{', 5000),
            string.Concat(Enumerable.Repeat("{\"collection\":", 300)) + "{}" + new string('}', 300), """{"mock":{"collection":"\ud800"}}""", """{"mock":{"name":1e400,"collection":{}}}""",
            """{"serverResponse":{"name":"a","statusCode":5e2000}}""", """{"serverResponse":{"name":"a","statusCode":500.5}}""", """{"environment":{"name":"\ud800","values":[]}}""",
            """{"environment":{"name":"a","values":[{"key":"\udfff"}]}}""", """{"collection":{"info":7,"item":{}}}""", """{"collection":null}""",
        ];
        foreach (var body in bodies)
        {
            var answer = await _api.SendAsync(method, path, body);
            Assert.True((int)answer.Status is >= 400 and < 500, $"{(int)answer.Status} for {body[..Math.Min(body.Length, 60)]}: {answer.Json.ToJsonString()}");
            _api.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(before, _api.Cluster.Requests.Count(request => request.Verb is "create" or "patch" or "update" or "delete"));
    }

    [Theory]
    [InlineData("..%2f..%2fsecrets")]
    [InlineData("10000000-")]
    [InlineData("5daabc50-8451-43f6-922d-96b403b4f28e%0d%0aset-cookie:%20a=b")]
    [InlineData("5daabc50-8451-43f6-922d-96b403b4f28e%0a")]
    [InlineData("1-2-5daabc50-8451-43f6-922d-96b403b4f28e")]
    [InlineData("%F0%9F%98%80")]
    public async Task What_is_no_id_is_not_there_and_asks_nothing_of_the_cluster(string id)
    {
        (await _api.GetAsync($"/mocks/{id}")).Is(404);
        (await _api.GetAsync($"/collections/{id}")).Is(400, "instanceNotFoundError");
        (await _api.GetAsync($"/environments/{id}")).Is(400, "instanceNotFoundError");

        Assert.Empty(_api.Cluster.Requests);
    }

    [Fact]
    public async Task A_body_that_is_announced_too_long_is_refused_before_it_is_sent()
    {
        foreach (var (path, length) in ((string, long)[])[("/mocks", 3L * 1024 * 1024), ("/collections?workspace=demo", 101L * 1024 * 1024)])
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, new Uri(_api.Address).Port, TestContext.Current.CancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: x\r\nx-api-key: {PlayedCluster.AdminToken}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"), TestContext.Current.CancellationToken);
            var head = new byte[12];
            await stream.ReadExactlyAsync(head, TestContext.Current.CancellationToken);

            Assert.Equal("HTTP/1.1 413", Encoding.ASCII.GetString(head));
        }
    }

    [Fact]
    public async Task A_body_that_does_not_end_is_refused_when_it_is_too_long()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mocks") { Content = new StreamContent(new MemoryStream(new byte[3 * 1024 * 1024])) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("x-api-key", PlayedCluster.AdminToken);
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (await PlayedApi.ReadAsync("POST", "/mocks", response)).Is(413, "payloadTooLargeError");
    }

    [Fact]
    public async Task A_large_body_is_read_only_of_those_whom_the_cluster_knows()
    {
        var body = $$$"""{"collection":{"info":{"name":"a"},"item":[],"filler":"{{{new string('x', 200_000)}}}"}}""";

        (await _api.SendAsync("POST", "/collections?workspace=demo", body, "made-up")).Is(401, "AuthenticationError");
        _api.Cluster.Users["nobody"] = PlayedUser.Nobody;
        (await _api.SendAsync("POST", "/collections?workspace=demo", body, "nobody")).Is(403, "forbiddenError");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("schlüssel")]
    [InlineData("a\r\nImpersonate-User: admin")]
    public async Task A_key_that_can_be_no_header_is_none(string key)
    {
        (await _api.GetAsync($"/mocks?apikey={Uri.EscapeDataString(key)}", key: null)).Is(401);

        Assert.Empty(_api.Cluster.Requests);
    }

    [Fact]
    public async Task A_key_of_a_query_is_in_no_answer()
    {
        var answer = await _api.GetAsync("/mocks?apikey=hush-hush", key: null);

        Assert.DoesNotContain("hush-hush", answer.Is(401).Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-API-KEY", "token-of-admin", "")]
    [InlineData("Authorization", "Bearer token-of-admin", "")]
    [InlineData("x-other", "1", "?apikey=token-of-admin")]
    public async Task A_key_is_taken_wherever_clients_put_it(string header, string value, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mocks" + query);
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
