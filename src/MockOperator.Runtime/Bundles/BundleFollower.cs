using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Volumes;

namespace MockOperator.Runtime.Bundles;

/// <summary>
/// Keeps one mock at what its bundle directory says. Links are polled, not watched: a poll costs microseconds, works on every volume and cannot lose an event. What is
/// served stays until something better has been read whole.
/// </summary>
internal sealed partial class BundleFollower : IDisposable
{
    /// <summary>Time between two looks at the directory.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <summary>Time between two looks while somebody waits for a revision.</summary>
    public static readonly TimeSpan AwaitedInterval = TimeSpan.FromMilliseconds(50);
    private readonly string _bundleDirectory;
    private readonly string _secretsDirectory;
    private readonly MockDirectory _mocks;
    private readonly RuntimeState _state;
    private readonly MockMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<BundleFollower> _log;
    private readonly SemaphoreSlim _nudge = new(0, 1);
    private string? _fingerprint;
    private HostedMock? _mock;

    /// <summary>Prepares to follow a directory.</summary>
    public BundleFollower(
        string bundleDirectory,
        string secretsDirectory,
        MockDirectory mocks,
        RuntimeState state,
        MockMetrics metrics,
        TimeProvider time,
        ILogger<BundleFollower> log)
    {
        _bundleDirectory = bundleDirectory;
        _secretsDirectory = secretsDirectory;
        _mocks = mocks;
        _state = state;
        _metrics = metrics;
        _time = time;
        _log = log;
        Status.Awaited = Nudge;
    }

    /// <summary>What is served, for the control port.</summary>
    public BundleStatus Status { get; } = new();

    /// <summary>Follows the directory until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                Look();
                await _nudge.WaitAsync(Status.IsAwaited ? AwaitedInterval : Interval, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    /// <summary>Looks at the directory once and takes over what has changed.</summary>
    public void Look()
    {
        try
        {
            string fingerprint = MountedVolume.Fingerprint(_bundleDirectory, _secretsDirectory);
            if (fingerprint != _fingerprint)
            {
                _fingerprint = fingerprint;
                LoadFootprint.Release(Load());
            }
        }
#pragma warning disable CA1031 // Nothing that lies in a directory may end the process or stop later reloads.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(_bundleDirectory, fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Status.Awaited = null;
        _nudge.Dispose();
    }

    private void Nudge()
    {
        try
        {
            _nudge.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is on its way already.
        }
    }

    /// <returns>Bytes of the document that was loaded.</returns>
    private long Load()
    {
        if (_mock?.Content is { } served)
        {
            _mock.ReplaceKeys(ReadKeys(served.Gate.SecretDirectory));
            TellKeys(_mock.Content!);
        }

        switch (BundleReader.Read(_bundleDirectory))
        {
            case BundleReading.Complete complete:
                Compile(complete.Bundle);
                return complete.Bundle.Collection.GetValueOrDefault().Length;
            case BundleReading.Incomplete incomplete:
                Fail(incomplete.Index, incomplete.Problem, final: false);
                break;
            case BundleReading.Broken broken:
                Fail(broken.Index, broken.Problem, final: true);
                break;
        }

        return 0;
    }

    private void Compile(Bundle bundle)
    {
        if (!SecretVariables.TryMerge(bundle.Definition.Environment, _secretsDirectory, out IReadOnlyDictionary<string, string>? environment, out string? problem))
        {
            Fail(bundle.Index, problem, final: true);
            return;
        }

        switch (ContentCompiler.Compile(bundle.Index.Revision, bundle.Definition, bundle.Collection, environment, ReadKeys(bundle.Definition.Access?.SecretDirectory), _time))
        {
            case ContentReading.Usable usable:
                Serve(bundle, usable.Content);
                break;
            case ContentReading.Unusable unusable:
                Fail(bundle.Index, unusable.Problem, final: true);
                break;
        }
    }

    private void Serve(Bundle bundle, MockContent content)
    {
        MockDefinition definition = bundle.Definition;
        if (_mock is null || _mock.Name != definition.Name || _mock.Namespace != definition.Namespace)
        {
            _mock?.Instruments.Remove();
            _mock = new HostedMock(definition.Name, definition.Namespace, _metrics.For(definition.Name), _time);
        }

        _mock.Serve(content);
        _mock.Instruments.Reloaded(success: true);
        _mocks.Table = new HostTable([_mock]);
        _state.ContentLoaded();
        Status.Set(new BundleState
        {
            Revision = content.Revision,
            Examples = content.Plan.ExampleCount,
            ControlTokenHash = bundle.Index.ControlTokenHash,
            KeyProblem = Status.Current.KeyProblem,
        });
        TellKeys(content);
        LogServing(definition.Name, content.Revision, content.Plan.ExampleCount, content.Plan.Issues.Length);
    }

    private ApiKeyRing ReadKeys(string? directory) => ApiKeyDirectory.Read(_secretsDirectory, directory ?? AccessDefinition.DefaultSecretDirectory);

    private void TellKeys(MockContent content)
    {
        BundleState before = Status.Current;
        if (content.Gate.Problem != before.KeyProblem)
        {
            Status.Set(before with { KeyProblem = content.Gate.Problem });
            if (content.Gate.Problem is { } problem)
            {
                LogClosed(problem);
            }
        }
    }

    private void Fail(BundleIndex? index, string problem, bool final)
    {
        BundleState before = Status.Current;
        if (final)
        {
            _mock?.Instruments.Reloaded(success: false);
        }

        Status.Set(before with
        {
            Problem = problem,
            ProblemRevision = index?.Revision,
            IsProblemFinal = final,
            // Before anything is served, whoever wrote the index may ask what is wrong with it.
            ControlTokenHash = before.Revision is null ? index?.ControlTokenHash ?? before.ControlTokenHash : before.ControlTokenHash,
        });
        LogProblem(problem, before.Revision ?? "nothing");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving mock {Mock}, revision {Revision}: {Examples} examples, {Issues} issues")]
    private partial void LogServing(string mock, string revision, int examples, int issues);

    [LoggerMessage(Level = LogLevel.Warning, Message = "New content is not served: {Problem} Still serving: {Revision}")]
    private partial void LogProblem(string problem, string revision);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mock is private and refuses every call: {Problem}")]
    private partial void LogClosed(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking at {Directory} failed")]
    private partial void LogFault(string directory, Exception fault);
}
