using System.Globalization;
using System.Text.Json.Nodes;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Kubernetes.Connections;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.Drafts;

/// <summary>Commands that write, in this process, against a played API server and in a folder of their own.</summary>
internal sealed class DraftCli : IAsyncDisposable
{
    public const string Petstore = "petstore.v2.1.postman_collection.json";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubectl-mock");

    private DraftCli(PlayedCluster cluster) => Cluster = cluster;

    public PlayedCluster Cluster { get; }

    public static string Corpus { get; } = Path.Combine(Repository(), "tests", "corpus");

    public static async Task<DraftCli> StartAsync() => new(await PlayedCluster.StartAsync());

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Place(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Runs a command with its output into a pipe.</summary>
    public Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(null, "", arguments);

    /// <summary>Runs a command.</summary>
    /// <param name="questions">Who answers; null when nobody is there.</param>
    /// <param name="input">What is piped in.</param>
    /// <param name="arguments">What is typed.</param>
    public async Task<(int Code, string Output, string Errors)> RunAsync(IQuestions? questions, string input, params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var errors = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var console = new CommandConsole { Out = output, Error = errors, In = new StringReader(input), Questions = questions };
        var code = await MockCommand.RunAsync(arguments, new ClusterOptions(console, () => new ClusterConnection(Cluster.Configuration())), TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Plays the operator: says of each mock that is written that it is ready, or why not.</summary>
    public void Operate(string ready = "True", string reason = "Ready", string message = "", bool isStalled = false) => Cluster.Objects.Written = (verb, written) =>
    {
        if (verb == "delete" || (string?)written["kind"] != "MockServer")
            return;
        var metadata = written["metadata"]!;
        var mock = Cluster.Objects.Find("mockservers", (string)metadata["namespace"]!, (string)metadata["name"]!)!;
        var conditions = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ready, ["reason"] = reason, ["message"] = message });
        if (isStalled)
            conditions.Add(new JsonObject { ["type"] = "Stalled", ["status"] = "True", ["reason"] = reason, ["message"] = message });
        mock["status"] = new JsonObject { ["observedGeneration"] = mock["metadata"]!["generation"]!.DeepClone(), ["url"] = $"http://{metadata["name"]}.{metadata["namespace"]}.svc", ["conditions"] = conditions };
        Cluster.Objects.Put("mockservers", mock);
    };

    public JsonObject? Find(string resource, string name) => Cluster.Objects.Find(resource, "demo", name);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("These tests run inside the repository, whose files they read.");
    }
}
