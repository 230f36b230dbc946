using System.Globalization;
using System.Text.Json.Nodes;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Kubernetes.Connections;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.Cluster;

/// <summary>The command line in this process, against a played API server.</summary>
internal sealed class PlayedCli : IAsyncDisposable
{
    private PlayedCli(PlayedCluster cluster) => Cluster = cluster;

    public PlayedCluster Cluster { get; }

    public TimeProvider Time { get; init; } = new FrozenTime(FrozenTime.Noon);

    public static async Task<PlayedCli> StartAsync(TimeProvider? time = null) =>
        new(await PlayedCluster.StartAsync()) { Time = time ?? new FrozenTime(FrozenTime.Noon) };

    /// <summary>Runs a command as the admin, with output into a pipe.</summary>
    public Task<Ran> RunAsync(params string[] arguments) => RunAsync(PlayedCluster.AdminToken, isTerminal: false, arguments);

    /// <summary>Runs a command as the admin at a terminal of 100 columns without colours.</summary>
    public Task<Ran> TypeAsync(params string[] arguments) => RunAsync(PlayedCluster.AdminToken, isTerminal: true, arguments);

    /// <summary>Runs a command.</summary>
    public async Task<Ran> RunAsync(string token, bool isTerminal, string[] arguments, IQuestions? questions = null)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var errors = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var code = await MockCommand.RunAsync(arguments, Options(output, errors, token, isTerminal, questions), TestContext.Current.CancellationToken);
        return new Ran(code, output.ToString(), errors.ToString());
    }

    public ClusterOptions Options(TextWriter output, TextWriter errors, string token = PlayedCluster.AdminToken, bool isTerminal = false, IQuestions? questions = null) => new(
        new CommandConsole { Out = output, Error = errors, In = TextReader.Null, Width = isTerminal ? 100 : 120, IsTerminal = isTerminal, Questions = questions, Time = Time },
        () => new ClusterConnection(Cluster.Configuration(token)));

    /// <summary>Puts a mock there that the operator has looked at.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="spec">Its spec as JSON.</param>
    /// <param name="status">What its status has besides generation, conditions and URL.</param>
    /// <param name="reason">Why it is not ready; null when it is.</param>
    /// <param name="message">The same in words.</param>
    /// <param name="ns">Its namespace.</param>
    public JsonObject AddMock(string name, string spec = """{"collectionRef":{"name":"petstore"}}""", string status = "{}", string? reason = null, string message = "", string ns = "demo")
    {
        var full = JsonNode.Parse(status)!.AsObject();
        full["observedGeneration"] = 1;
        full["url"] = $"http://{name}.{ns}.svc";
        full["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = reason is null ? "True" : "False",
            ["reason"] = reason ?? "Serving",
            ["message"] = message,
            ["observedGeneration"] = 1,
            ["lastTransitionTime"] = "2026-11-27T09:00:00Z",
        });
        return Cluster.Objects.Put("mockservers", new JsonObject
        {
            ["apiVersion"] = "mockoperator.dev/v1alpha1",
            ["kind"] = "MockServer",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["generation"] = 1, ["creationTimestamp"] = "2026-11-24T12:00:00Z" },
            ["spec"] = JsonNode.Parse(spec),
            ["status"] = full,
        });
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>What a command left behind.</summary>
    internal sealed record Ran(int Code, string Output, string Errors);
}
