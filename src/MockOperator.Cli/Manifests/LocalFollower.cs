using System.Text;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Hashing;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Cli.Manifests;

/// <summary>
/// Keeps the mocks at what the given files say. A mock whose new content is broken goes on serving the old; a mock goes only when its file does, not
/// because a file cannot be read for a moment.
/// </summary>
internal sealed class LocalFollower(IReadOnlyList<string> paths, MockDirectory mocks, RuntimeState state, MockMetrics metrics, TimeProvider time)
{
    private const int RevisionLength = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<(string Namespace, string Name), HostedMock> _hosted = [];
    private readonly FaultBackoff _faults = new(time);
    private string? _fingerprint;

    /// <summary>Looks at the files once. Whatever they hold, it becomes content or a problem.</summary>
    /// <returns>What came of it; null when there is nothing new to say.</returns>
    public LocalReload? Look()
    {
        string seen = "";
        try
        {
            seen = LocalFiles.Fingerprint(paths);
            if (seen == _fingerprint || _faults.Holds(seen))
            {
                return null;
            }

            (LocalReload reload, long bytes) = Load();
            LoadFootprint.Release(bytes);
            _fingerprint = seen;
            _faults.Clear();
            return reload;
        }
#pragma warning disable CA1031 // Nothing that a file holds may end the following of all others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return _faults.Holds(seen)
                ? null
                : new LocalReload(0, [new LocalProblem(string.Join(' ', paths), $"{fault.GetBaseException().Message} ({fault.GetBaseException().GetType().Name}) It is tried again after {(int)_faults.Failed(seen).TotalSeconds} s.")]);
        }
    }

    /// <summary>Looks again and again until it is cancelled.</summary>
    public async Task FollowAsync(Action<LocalReload> report, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                if (Look() is { } reload)
                {
                    Report(reload, report);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private static void Report(LocalReload reload, Action<LocalReload> report)
    {
        try
        {
            report(reload);
        }
        catch (IOException)
        {
            // Nobody reads what is printed any more; that is no reason to serve old content.
        }
    }

    private (LocalReload Reload, long DocumentBytes) Load()
    {
        LocalMocks local = LocalMocks.Read(paths);
        var problems = new List<LocalProblem>(local.Problems);
        var kept = new HashSet<(string, string)>();
        int changed = 0;
        foreach (LocalMock mock in local.Mocks)
        {
            kept.Add((mock.Definition.Namespace, mock.Definition.Name));
            changed += Serve(mock, problems) ? 1 : 0;
        }

        foreach (RefusedMock refused in local.Refused)
        {
            if (_hosted.TryGetValue((refused.Namespace, refused.Name), out HostedMock? hosted))
            {
                hosted.ReplaceKeys(refused.Keys);
                hosted.Instruments.Reloaded(success: false);
            }
        }

        if (problems.Count == 0)
        {
            changed += Forget(kept);
        }

        if (changed > 0)
        {
            mocks.Table = new HostTable([.. _hosted.Values]) { TellsNames = true };
            state.ContentLoaded();
        }

        return (new LocalReload(changed, problems) { IgnoresQuotas = local.Mocks.Any(static mock => mock.HasQuota) }, local.Mocks.Sum(static mock => (long)mock.Collection.GetValueOrDefault().Length));
    }

    private bool Serve(LocalMock mock, List<LocalProblem> problems)
    {
        MockDefinition definition = mock.Definition;
        HostedMock? hosted = _hosted.GetValueOrDefault((definition.Namespace, definition.Name));
        string revision = Revision(mock);
        if (hosted?.Content?.Revision == revision)
        {
            return false;
        }

        hosted?.ReplaceKeys(mock.Keys);
        switch (ContentCompiler.Compile(revision, definition, mock.Collection, mock.Environment, mock.Keys, time))
        {
            case ContentReading.Usable usable:
                hosted ??= new HostedMock(definition.Name, definition.Namespace, metrics.For(LabelOf(definition)), mocks.Journals.Open(time), time);
                _hosted[(definition.Namespace, definition.Name)] = hosted;
                hosted.Serve(usable.Content);
                hosted.Instruments.Reloaded(success: true);
                return true;
            case ContentReading.Unusable unusable:
                problems.Add(new LocalProblem(mock.Source, unusable.Problem));
                break;
        }

        hosted?.Instruments.Reloaded(success: false);
        return false;
    }

    private int Forget(HashSet<(string Namespace, string Name)> kept)
    {
        (string, string)[] gone = [.. _hosted.Keys.Where(key => !kept.Contains(key))];
        foreach ((string, string) key in gone)
        {
            _hosted[key].Close();
            _hosted.Remove(key);
        }

        return gone.Length;
    }

    /// <summary>Names alone are clear enough until two namespaces are served.</summary>
    private static string LabelOf(MockDefinition definition) =>
        definition.Namespace == LocalDocuments.DefaultNamespace ? definition.Name : $"{definition.Namespace}/{definition.Name}";

    private static string Revision(LocalMock mock)
    {
        var all = new StringBuilder();
        all.Append(JsonSerializer.Serialize(mock.Definition, RuntimeJson.Default.MockDefinition));
        all.Append(Sha256Digest.Of(mock.Collection.GetValueOrDefault().Span));
        foreach (ApiKeyEntry key in mock.Keys.Entries)
        {
            all.Append(key.Name).Append('\0').Append(key.Hash).Append('\0');
        }

        foreach ((string name, string value) in mock.Environment.OrderBy(static variable => variable.Key, StringComparer.Ordinal))
        {
            all.Append(name).Append('\0').Append(value).Append('\0');
        }

        return Sha256Digest.Of(Encoding.UTF8.GetBytes(all.ToString())).ToString()[..RevisionLength];
    }
}
