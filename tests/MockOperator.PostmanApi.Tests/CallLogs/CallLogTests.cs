using System.Globalization;
using System.Text;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Tests.Playing;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.CommandLine;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.CallLogs;

/// <summary>Call logs of a runtime that really answers: it stands for the pod of a mock.</summary>
public sealed class CallLogTests : IAsyncLifetime
{
    private static readonly string Path = $"/mocks/{PostmanId.Of(PostmanKind.Mock, new("demo", "pets"))}/call-logs";

    private readonly string _folder = Directory.CreateTempSubdirectory("calls-").FullName;
    private readonly HttpClient _caller = new();
    private PlayedApi _api = null!;
    private ProgramProcess _mock = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await PlayedApi.StartAsync();
        _api.PutMock("pets");
        await File.WriteAllTextAsync(System.IO.Path.Combine(_folder, "pets.json"), Samples.Collection());
        var (port, calls) = (ProgramProcess.FreePort(), ProgramProcess.FreePort());
        _mock = ProgramProcess.Start("serve", _folder, "--address", "127.0.0.1", "--port", Text(port), "--admin-port", "0", "--calls-port", Text(calls));
        await _mock.SaysAsync("Ctrl+C ends", TestContext.Current.CancellationToken);
        _caller.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _api.Cluster.AddPod("pets", "pets-1", new Dictionary<int, int> { [CallsPort.Number] = calls });
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _mock.DisposeAsync();
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task CallAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("x-two", ["a", "b"]);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "text/plain");
        using var _ = await _caller.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Calls_are_told_as_Postman_tells_them_newest_first()
    {
        await CallAsync("GET", "/dogs");
        await CallAsync("POST", "/animals?type=Dog");

        var answer = (await _api.GetAsync(Path)).Is(200);

        var logs = answer["call-logs"].AsArray();
        Assert.Equal(2, logs.Count);
        Assert.Equal(("POST", "/animals?type=Dog", "error", 404), Tell(logs[0]!));
        Assert.Equal("Double check your method and the request path and try again.", (string?)logs[0]!["responseName"]);
        Assert.Equal(("GET", "/dogs", "success", 200), Tell(logs[1]!));
        Assert.Equal("Two dogs", (string?)logs[1]!["responseName"]);
        Assert.True(answer["meta"].AsObject().ContainsKey("nextCursor"));
        Assert.Null(answer["meta"]["nextCursor"]);
        Assert.Null(logs[1]!["request"]!["headers"]);
        Assert.Null(logs[1]!["response"]!["body"]);
    }

    [Fact]
    public async Task Headers_and_bodies_come_when_they_are_asked_for()
    {
        await CallAsync("POST", "/dogs", "hello");
        await CallAsync("GET", "/dogs");

        foreach (var order in (string[])["", "&sort=servedAt&direction=ASC"])
        {
            var logs = (await _api.GetAsync($"{Path}?include=request.headers,request.body,%20response.headers,response.body{order}")).Is(200)["call-logs"].AsArray();
            var post = logs.Single(log => (string?)log!["request"]!["method"] == "POST")!;
            var get = logs.Single(log => (string?)log!["request"]!["method"] == "GET")!;

            // All of them: Postman's own description has room for one.
            Assert.Contains(post["request"]!["headers"]!.AsArray(), header => ((string?)header!["key"])!.Equals("x-two", StringComparison.OrdinalIgnoreCase));
            Assert.Contains(post["request"]!["headers"]!.AsArray(), header => ((string?)header!["key"])!.Equals("content-type", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("""{"mode":"raw","data":"hello"}""", post["request"]!["body"]!.ToJsonString());
            Assert.Equal("[1,2]", (string?)get["response"]!["body"]!["data"]);
            Assert.Contains(get["response"]!["headers"]!.AsArray(), header => header!["description"] is not null && header["key"] is not null);
        }
    }

    [Theory]
    [InlineData("requestMethod=get", "/dogs /dogs?a=1 /Health")]
    [InlineData("requestPath=%2FDOGS", "/dogs /dogs?a=1")]
    [InlineData("requestPath=%2Fdogs%3Fa%3D1", "/dogs?a=1")]
    [InlineData("responseStatusCode=404", "/nothing")]
    [InlineData("responseType=ERROR", "/nothing")]
    [InlineData("responseType=Success&requestMethod=GET", "/dogs /dogs?a=1 /Health")]
    [InlineData("until=2020-01-01T00:00:00Z", "")]
    [InlineData("since=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00%2B02:00", "/dogs /dogs?a=1 /Health /nothing")]
    [InlineData("since=2020-01-01T00:00:00+02:00", "/dogs /dogs?a=1 /Health /nothing")]
    public async Task Calls_are_filtered_where_they_are_remembered(string query, string expected)
    {
        await CallAsync("GET", "/dogs");
        await CallAsync("GET", "/dogs?a=1");
        await CallAsync("GET", "/Health");
        await CallAsync("POST", "/nothing");

        var logs = (await _api.GetAsync($"{Path}?{query}")).Is(200)["call-logs"].AsArray();

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), logs.Select(log => (string)log!["request"]!["path"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=servedAt&direction=desc")]
    [InlineData("&sort=servedAt&direction=asc")]
    public async Task Pages_give_every_call_once_and_in_order(string order)
    {
        for (var i = 0; i < 23; i++)
            await CallAsync("GET", $"/dogs?n={i}");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await _api.GetAsync($"{Path}?limit=5{order}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Is(200);
            Assert.InRange(page["call-logs"].AsArray().Count, 1, 5);
            seen.AddRange(page["call-logs"].AsArray().Select(log => (string)log!["request"]!["path"]!));
            cursor = (string?)page["meta"]["nextCursor"];
        }
        while (cursor is not null);

        var all = Enumerable.Range(0, 23).Select(i => $"/dogs?n={i}");
        Assert.Equal(order.EndsWith("asc", StringComparison.Ordinal) ? all : all.Reverse(), seen);
    }

    [Theory]
    [InlineData("limit=0", "invalidParamsError", "limit")]
    [InlineData("limit=101", "invalidParamsError", "limit")]
    [InlineData("since=yesterday", "invalidParamsError", "since")]
    [InlineData("since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "invalidParamsError", "since")]
    [InlineData("sort=servedAt", "invalidParamsError", "direction")]
    [InlineData("direction=asc", "invalidParamsError", "sort")]
    [InlineData("sort=path&direction=asc", "invalidParamsError", "sort")]
    [InlineData("sort=servedAt&direction=up", "invalidParamsError", "direction")]
    [InlineData("responseType=maybe", "invalidParamsError", "responseType")]
    [InlineData("responseStatusCode=abc", "invalidParamsError", "responseStatusCode")]
    [InlineData("requestMethod=GET,POST", "invalidParamsError", "requestMethod")]
    [InlineData("include=cookies", "invalidParamsError", "include")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string error, string parameter)
    {
        var answer = (await _api.GetAsync($"{Path}?{query}")).Is(400, error);

        Assert.StartsWith($"Invalid value for parameter: {parameter}.", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_that_is_none_or_of_the_other_direction_is_refused()
    {
        await CallAsync("GET", "/dogs");
        await CallAsync("GET", "/dogs");
        var cursor = (string)(await _api.GetAsync($"{Path}?limit=1")).Is(200)["meta"]["nextCursor"]!;

        Assert.Equal("Invalid cursor", (await _api.GetAsync($"{Path}?cursor=nonsense!")).Is(400).Message);
        Assert.Equal("Invalid cursor", (await _api.GetAsync($"{Path}?cursor={cursor}&sort=servedAt&direction=asc")).Is(400).Message);
    }

    [Fact]
    public async Task Who_may_not_forward_ports_is_told_the_right_instead_of_no_calls()
    {
        _api.Cluster.Users["view"] = PlayedUser.Viewer("demo");
        (await _api.GetAsync("/mocks?workspace=demo", "view")).Is(200);

        Assert.Contains("pods/portforward", (await _api.GetAsync(Path, "view")).Is(403, "forbiddenError").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_cannot_be_asked_is_counted_in_a_header_and_spoils_nothing()
    {
        await CallAsync("GET", "/dogs");
        _api.Cluster.AddPod("pets", "pets-2");

        var answer = (await _api.GetAsync(Path)).Is(200);

        Assert.Single(answer["call-logs"].AsArray());
        Assert.Equal("1", answer.Headers["X-Mock-Silent-Pods"]);
    }

    [Fact]
    public async Task A_mock_without_pods_has_no_calls_and_one_that_is_not_there_is_none()
    {
        _api.PutMock("idle");
        Assert.Empty((await _api.GetAsync($"/mocks/{PostmanId.Of(PostmanKind.Mock, new("demo", "idle"))}/call-logs")).Is(200)["call-logs"].AsArray());
        (await _api.GetAsync("/mocks/5daabc50-8451-43f6-922d-96b403b4f28e/call-logs")).Is(404, "instanceNotFoundError");
    }

    private static (string, string, string, int) Tell(System.Text.Json.Nodes.JsonNode log) =>
        ((string)log["request"]!["method"]!, (string)log["request"]!["path"]!, (string)log["response"]!["type"]!, (int)log["response"]!["statusCode"]!);
}
