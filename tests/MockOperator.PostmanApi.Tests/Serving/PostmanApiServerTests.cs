using System.Net;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Serving;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Serving;

/// <summary>The API of one owner, on a port of the loopback address.</summary>
public sealed class PostmanApiServerTests : IAsyncLifetime
{
    private const string Key = "kmock-0123456789abcdef";

    private PlayedCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await PlayedCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static async Task<ApiAnswer> GetAsync(PostmanApiServer server, string? key, string? host = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{server.EndPoint}/mocks");
        request.Headers.Host = host;
        if (key is not null)
            request.Headers.Add("x-api-key", key);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var json = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value)), json);
    }

    [Fact]
    public async Task Only_the_key_of_this_start_opens_it_and_no_token_of_the_cluster_does()
    {
        using var cluster = _cluster.Connect();
        await using var server = await PostmanApiServer.OpenAsync(new IPEndPoint(IPAddress.Loopback, 0), PostmanCallers.Owner(cluster, Key), cancellationToken: TestContext.Current.CancellationToken);

        (await GetAsync(server, Key)).Is(200);
        (await GetAsync(server, null)).Is(401);
        (await GetAsync(server, Key + "x")).Is(401);
        (await GetAsync(server, PlayedCluster.AdminToken)).Is(401);
        Assert.Single(_cluster.Requests);
    }

    [Fact]
    public async Task Who_connects_and_says_nothing_keeps_nobody_out()
    {
        using var cluster = _cluster.Connect();
        await using var server = await PostmanApiServer.OpenAsync(new IPEndPoint(IPAddress.Loopback, 0), PostmanCallers.Owner(cluster, Key), cancellationToken: TestContext.Current.CancellationToken);
        await using var silent = await SilentConnections.OpenAsync(server.EndPoint, 600, TestContext.Current.CancellationToken);

        (await GetAsync(server, Key)).Is(200);
    }

    [Theory]
    [InlineData("localhost:1234", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:80", 200)]
    [InlineData("evil.example", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("10.0.0.1", 421)]
    public async Task A_page_whose_name_leads_here_is_refused_even_with_the_key(string host, int status)
    {
        using var cluster = _cluster.Connect();
        await using var server = await PostmanApiServer.OpenAsync(new IPEndPoint(IPAddress.Loopback, 0), PostmanCallers.Owner(cluster, Key), cancellationToken: TestContext.Current.CancellationToken);

        var answer = (await GetAsync(server, Key, host)).Is(status);

        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) || name == "Server");
    }

    [Fact]
    public async Task Credentials_that_have_expired_are_not_taken_for_a_wrong_key()
    {
        using var cluster = _cluster.Connect();
        await using var server = await PostmanApiServer.OpenAsync(new IPEndPoint(IPAddress.Loopback, 0), PostmanCallers.Owner(cluster, Key), cancellationToken: TestContext.Current.CancellationToken);
        _cluster.Users.Clear();

        Assert.Contains("kubeconfig", (await GetAsync(server, Key)).Is(401).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var cluster = _cluster.Connect();
        await using var server = await PostmanApiServer.OpenAsync(new IPEndPoint(IPAddress.Loopback, 0), PostmanCallers.Owner(cluster, Key), cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => PostmanApiServer.OpenAsync(server.EndPoint, PostmanCallers.Owner(cluster, Key), cancellationToken: TestContext.Current.CancellationToken));
    }
}
