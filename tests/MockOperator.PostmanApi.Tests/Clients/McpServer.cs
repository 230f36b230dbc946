using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MockOperator.PostmanApi.Tests.Clients;

/// <summary>Postman's own MCP server, pointed here and driven over its standard input and output by JSON-RPC.</summary>
internal sealed class McpServer : IAsyncDisposable
{
    private readonly Process _process;
    private int _requests;

    private McpServer(Process process) => _process = process;

    public static async Task<McpServer> StartAsync(string address, string key)
    {
        var server = new McpServer(PostmanClients.Start(
            PostmanClients.McpServer,
            ["--full"],
            new Dictionary<string, string> { ["POSTMAN_API_BASE_URL"] = address, ["POSTMAN_API_KEY"] = key, ["POSTMAN_MCP_TELEMETRY"] = "false" }));
        server._process.ErrorDataReceived += (_, _) => { };
        server._process.BeginErrorReadLine();
        await server.AskAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1" },
        });
        await server.SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" });
        return server;
    }

    /// <summary>Names of its tools.</summary>
    public async Task<IReadOnlyList<string>> ToolsAsync()
    {
        var tools = new List<string>();
        string? cursor = null;
        do
        {
            var page = await AskAsync("tools/list", cursor is null ? [] : new JsonObject { ["cursor"] = cursor });
            tools.AddRange(page["result"]!["tools"]!.AsArray().Select(tool => (string)tool!["name"]!));
            cursor = (string?)page["result"]!["nextCursor"];
        }
        while (cursor is not null);
        return tools;
    }

    /// <summary>Calls a tool; its text is what the API answered.</summary>
    public async Task<JsonNode> CallAsync(string tool, string arguments) => JsonNode.Parse(await ReadAsync(tool, arguments))!;

    /// <summary>Calls a tool that makes a text for people of what the API answered.</summary>
    public async Task<string> ReadAsync(string tool, string arguments)
    {
        var answer = await AskAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) });
        Assert.True(answer["error"] is null && (bool?)answer["result"]!["isError"] != true, $"{tool}: {answer.ToJsonString()}");
        return (string)answer["result"]!["content"]![0]!["text"]!;
    }

    /// <summary>Calls a tool that fails, and says how.</summary>
    public async Task<string> FailAsync(string tool, string arguments)
    {
        var answer = await AskAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) });
        Assert.True(answer["error"] is not null || (bool?)answer["result"]!["isError"] == true, $"{tool}: {answer.ToJsonString()}");
        return answer.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        var id = ++_requests;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith('{') && JsonNode.Parse(line) is { } message && (int?)message["id"] == id && message["method"] is null)
                return message;
        }

        throw new InvalidOperationException("The MCP server ended.");
    }

    private async Task SendAsync(JsonObject message)
    {
        await _process.StandardInput.WriteLineAsync(message.ToJsonString());
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }
}
