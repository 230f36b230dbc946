using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Client.Collections;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>What is said of a mock that was made: its URL, a call that it answers, and what to do next.</summary>
/// <param name="Draft">What was asked for.</param>
/// <param name="Mock">The mock as the server has it.</param>
internal sealed record MadeMock(MockDraft Draft, MockServer Mock)
{
    /// <summary>The port that is proposed for forwarding: that of kubectl mock serve.</summary>
    private const int LocalPort = 8080;

    /// <summary>The URL in the cluster: what the status says, or will say.</summary>
    public string Url => Mock.Status?.Url ?? $"http://{Draft.Name}.{Draft.Namespace}.svc";

    /// <summary>Writes it.</summary>
    public async Task WriteAsync(CommandConsole console, MockCluster cluster, CancellationToken cancellationToken)
    {
        var scope = Draft.Namespace == cluster.Namespace ? "" : $" -n {Draft.Namespace}";
        var (method, path) = await TryAsync(cluster, cancellationToken) is { } line ? (line.Method == "GET" ? "" : $"-X {line.Method} ", line.Path) : ("", "/");
        var key = Draft.Private ? $"-H {ShellWord.Quote(ApiKeyRules.DefaultHeader + ": ", $"$(kubectl mock{scope} key {Draft.Name})")} " : "";
        var outside = Mock.Status?.ExternalUrl ?? (Draft.Serving?.Ingress?.Host is { Length: > 0 } host ? $"http://{host}" : null);
        var facts = new TextTable("", "");
        facts.Add(new Cell("URL", Ink.Faint), new Cell(Url, Ink.Strong));
        if (outside is not null)
            facts.Add(new Cell("outside", Ink.Faint), new Cell(outside, Ink.Strong));
        if (Draft.SaveUrl is { } place)
            facts.Add(new Cell("saved", Ink.Faint), $"in key {place.Key} of ConfigMap {place.Name}");
        facts.Write(console, indent: 2, withHeadings: false);

        await console.Out.WriteLineAsync();
        await console.Out.WriteLineAsync("Try it:");
        if (outside is null)
            await console.Out.WriteLineAsync($"  kubectl mock{scope} forward {Draft.Name} {LocalPort}{console.Paint("    # in another terminal", Ink.Faint)}");
        await console.Out.WriteLineAsync($"  curl -i {key}{method}{ShellWord.Quote((outside ?? $"http://localhost:{LocalPort}") + path)}");
        await console.Out.WriteLineAsync();
        await console.Out.WriteLineAsync("Next:");
        await console.Out.WriteLineAsync($"  kubectl mock{scope} calls {Draft.Name} -f{console.Paint("    # who calls it, and what did not match", Ink.Faint)}");
        await console.Out.WriteLineAsync($"  kubectl mock{scope} edit {Draft.Name} --delay 3G{console.Paint("    # or --private, --environment, --version", Ink.Faint)}");
        if (Draft.Document is not null)
            await console.Out.WriteLineAsync($"  kubectl mock{scope} tag {Draft.DocumentName ?? Draft.Name} v1{console.Paint("    # keep what it answers now as a version", Ink.Faint)}");
    }

    private async Task<TryLine?> TryAsync(MockCluster cluster, CancellationToken cancellationToken)
    {
        var variables = Draft.EnvironmentDocument is { } environment ? PostmanEnvironmentReader.Read(environment.Bytes).Variables : (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(StringComparer.Ordinal);
        if (Draft.Examples is { } examples)
            return TryLine.Find(CollectionReader.ReadNative(Draft.Name, examples), variables);
        if (Draft.Document is { } document)
            return TryLine.Find(CollectionReader.ReadPostman(document.Bytes), variables);
        try
        {
            var key = new ObjectKey(Draft.Namespace, Draft.Collection!.Name);
            return await new CollectionStore(cluster).ExportAsync(key, Draft.Collection.Version, cancellationToken) is { } stored ? TryLine.Find(CollectionReader.ReadPostman(stored), variables) : null;
        }
        catch (Exception e) when (e is ApiException or DocumentException)
        {
            // The mock is made; that its content cannot be read by whoever made it takes only the example from the advice.
            return null;
        }
    }
}
