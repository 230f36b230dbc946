using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.Bundles;

/// <summary>
/// Makes a bundle that was read whole the content that is served, and tells what is served. What is served stays until something better was compiled. Used
/// by one writer, the follower.
/// </summary>
internal sealed partial class BundleActivation(
    string secretsDirectory,
    MockDirectory mocks,
    RuntimeState state,
    MockMetrics metrics,
    TimeProvider time,
    ILogger log)
{
    private readonly ILogger _log = log;
    private HostedMock? _mock;

    /// <summary>What is served, for the control port.</summary>
    public BundleStatus Status { get; } = new();

    /// <summary>Whether a definition is of the mock that is served, or nothing is served yet.</summary>
    public bool IsOfServedMock(MockDefinition definition) => _mock is null || (_mock.Name == definition.Name && _mock.Namespace == definition.Namespace);

    /// <summary>Reads the keys again, under the content that is served.</summary>
    public void RefreshKeys()
    {
        if (_mock?.Content is { } served)
        {
            _mock.ReplaceKeys(ReadKeys(served.Gate.SecretDirectory));
            TellKeys(_mock.Content!);
        }
    }

    /// <summary>Compiles a bundle with the Secrets as they are mounted now, and serves it.</summary>
    /// <returns>Why it cannot be served; null when it is.</returns>
    public string? Activate(Bundle bundle)
    {
        MockDefinition definition = bundle.Definition;
        if (!SecretVariables.TryMerge(definition.Environment, secretsDirectory, out IReadOnlyDictionary<string, string>? environment, out string? problem))
        {
            return problem;
        }

        switch (ContentCompiler.Compile(bundle.Index.Revision, definition, bundle.Collection, environment, ReadKeys(definition.Access?.SecretDirectory), time))
        {
            case ContentReading.Usable usable:
                Serve(bundle, usable.Content);
                return null;
            case ContentReading.Unusable unusable:
                return unusable.Problem;
            default:
                throw new InvalidOperationException("Content is usable or it is not.");
        }
    }

    /// <summary>Tells that new content is not served.</summary>
    /// <param name="index">The index of that content; null when it cannot be read.</param>
    /// <param name="problem">Why.</param>
    /// <param name="final">Whether it stays so until somebody edits something.</param>
    public void Fail(BundleIndex? index, string problem, bool final)
    {
        BundleState before = Status.Current;
        if (final)
        {
            CountFailure();
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

    /// <summary>Counts content that could not be served.</summary>
    public void CountFailure() => _mock?.Instruments.Reloaded(success: false);

    private void Serve(Bundle bundle, MockContent content)
    {
        MockDefinition definition = bundle.Definition;
        if (_mock is null || !IsOfServedMock(definition))
        {
            _mock?.Close();
            _mock = new HostedMock(definition.Name, definition.Namespace, metrics.For(definition.Name), mocks.Journals.Open(time), time);
        }

        _mock.Serve(content);
        _mock.Instruments.Reloaded(success: true);
        mocks.Table = new HostTable([_mock]);
        state.ContentLoaded();
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

    private ApiKeyRing ReadKeys(string? directory) => ApiKeyDirectory.Read(secretsDirectory, directory ?? AccessDefinition.DefaultSecretDirectory);

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

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving mock {Mock}, revision {Revision}: {Examples} examples, {Issues} issues")]
    private partial void LogServing(string mock, string revision, int examples, int issues);

    [LoggerMessage(Level = LogLevel.Warning, Message = "New content is not served: {Problem} Still serving: {Revision}")]
    private partial void LogProblem(string problem, string revision);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mock is private and refuses every call: {Problem}")]
    private partial void LogClosed(string problem);
}
