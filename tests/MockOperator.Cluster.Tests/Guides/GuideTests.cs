using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.CommandLine;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.Guides;

/// <summary>Follows a guide as its reader does. <c>UPDATE_SNAPSHOTS=1</c> writes what was seen into the page.</summary>
[Collection(OneAfterTheOther.Guides)]
public sealed partial class GuideTests(TestCluster cluster) : IDisposable
{
    // What a reader may do again, for it changes nothing.
    private static readonly string[] s_looks = ["curl ", "kubectl get ", "kubectl mock list", "kubectl mock status", "kubectl mock calls", "kubectl mock usage"];

    private static readonly (Regex Expression, string Name)[] s_passing =
        [(Key(), "KEY"), (Call(), "CALL"), (Pod(), "POD"), (Revision(), "REVISION"), (ClusterAddress(), "ADDRESS"), (Time(), "TIME"), (Age(), "AGE"), (Milliseconds(), "MS"), (Day(), "DAY"), (Line(), "LINE")];

    private readonly string _folder = Directory.CreateTempSubdirectory("mock-operator-guide-").FullName;

    [Fact]
    public async Task Getting_started_prints_what_its_page_shows()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "no chromium is installed (Debian: apt-get install chromium), and one step is a page in a browser");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "no python3 is installed (Debian: apt-get install python3-minimal), and one step serves a page with it");
        await FollowAsync("docs/getting-started.md");
    }

    [Fact]
    public async Task The_tour_of_the_command_line_prints_what_its_page_shows() => await FollowAsync("docs/tour.md", await KubectlMock.FolderAsync());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task FollowAsync(string name, string? programs = null)
    {
        var file = Path.Combine(RepositoryRoot.Path, name);
        var page = GuidePage.Read(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var kubeconfig = Path.Combine(_folder, "kubeconfig");
        await cluster.CopyKubeconfigAsync(kubeconfig);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "config"), Path.Combine(RepositoryRoot.Path, "config"));

        // The ports of the page may be taken on this machine.
        (string OfThePage, string Here)[] ports = [("8080", FreePort()), ("3000", FreePort())];
        string Here(string text) => ports.Aggregate(text, static (changed, port) => changed.Replace($"localhost:{port.OfThePage}", $"localhost:{port.Here}", StringComparison.Ordinal)
            .Replace($" {port.OfThePage}", $" {port.Here}", StringComparison.Ordinal));
        string OnThePage(string text) => ports.Aggregate(text, static (changed, port) => changed.Replace(port.Here, port.OfThePage, StringComparison.Ordinal));

        var rewrite = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";
        var seen = new List<IReadOnlyList<string>>();
        await using var terminal = new Terminal(_folder, kubeconfig, programs);
        foreach (var passage in page.Passages)
        {
            var text = Here(passage.Text);
            if (passage.Kind == PassageKind.File)
                await File.WriteAllTextAsync(Path.Combine(_folder, passage.Name!), text, TestContext.Current.CancellationToken);
            IReadOnlyList<string> printed = passage.Kind switch
            {
                PassageKind.File => passage.Shown,
                _ => await SeeAsync(passage, rewrite, async () => [.. (await DoAsync(terminal, passage.Kind, text)).Select(OnThePage)]),
            };
            seen.Add(printed);
        }

        if (rewrite)
            await File.WriteAllTextAsync(file, page.With(seen), TestContext.Current.CancellationToken);
        Assert.NotEmpty(seen);
    }

    private static Task<IReadOnlyList<string>> DoAsync(Terminal terminal, PassageKind kind, string text) => kind switch
    {
        PassageKind.Background => terminal.BesideAsync(text),
        PassageKind.Page => terminal.BrowseAsync(text),
        _ => terminal.RunAsync(text),
    };

    /// <summary>Does what a passage says, once; or, where a reader would look again because nothing is changed by it, until it shows what the page does.</summary>
    private async Task<IReadOnlyList<string>> SeeAsync(Passage passage, bool rewrite, Func<Task<IReadOnlyList<string>>> act)
    {
        var expected = Lasting(passage.Shown);
        IReadOnlyList<string> last = [];
        if (passage.Kind != PassageKind.Page && !s_looks.Any(look => passage.Text.StartsWith(look, StringComparison.Ordinal)))
        {
            last = await act();
            Assert.True(
                rewrite || expected.SequenceEqual(Lasting(last)), $"$ {passage.Text}\nprints\n{string.Join('\n', last)}\nand the page shows\n{string.Join('\n', passage.Shown)}");
            return last;
        }

        try
        {
            return await Eventually.GetAsync(
                $"$ {passage.Text}\nshows what the page does:\n{string.Join('\n', passage.Shown)}",
                async () => expected.SequenceEqual(Lasting(last = await act())) ? last : null,
                async () => $"it printed\n{string.Join('\n', last)}\n{await cluster.StateAsync()}",
                rewrite ? TimeSpan.FromSeconds(10) : null);
        }
        catch (Xunit.Sdk.XunitException) when (rewrite)
        {
            return last;
        }
    }

    /// <summary>What is printed whenever the page is followed: not how far something had come meanwhile.</summary>
    private static List<string> Lasting(IEnumerable<string> lines) => [.. lines.Where(static line => Progress().Match(line) is not { Success: true } met || met.Groups["done"].Value == met.Groups["all"].Value).Select(Lasting)];

    /// <summary>A line without what is another each time: ages, times, names of pods and calls, addresses, and the columns that they make wider.</summary>
    private static string Lasting(string line)
    {
        foreach (var (expression, name) in s_passing)
            line = expression.Replace(line, name);
        return Blanks().Replace(line, " ").TrimEnd();
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString();
    }

    [GeneratedRegex(@"\b([0-9]+[smhd])+\b")]
    private static partial Regex Age();

    [GeneratedRegex(@"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}")]
    private static partial Regex Time();

    [GeneratedRegex("^(?<done>[0-9]+) of (?<all>[0-9]+) pods ", RegexOptions.ExplicitCapture)]
    private static partial Regex Progress();

    [GeneratedRegex("^[A-Za-z0-9_-]{43}$")]
    private static partial Regex Key();

    [GeneratedRegex(@"\b[0-9a-f]{12}-[0-9]+\b")]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<=-mock)-[0-9a-f]{5,10}-[a-z0-9]{5}\b")]
    private static partial Regex Pod();

    [GeneratedRegex(@"\b[0-9a-f]{16}\b")]
    private static partial Regex Revision();

    [GeneratedRegex(@"\b10\.[0-9]+\.[0-9]+\.[0-9]+\b")]
    private static partial Regex ClusterAddress();

    [GeneratedRegex(@"(?<= )[0-9]+\.[0-9](?= |$)")]
    private static partial Regex Milliseconds();

    // Of a quota's month and of its end.
    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}(-[0-9]{2})?\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Day();

    // Below the head of a table.
    [GeneratedRegex("[─═]{3,}")]
    private static partial Regex Line();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
