using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>
/// A mock, compiled: everything that can be decided before a request comes is decided here. Immutable and safe to share between threads; a changed
/// collection is a new plan.
/// </summary>
public sealed class MockPlan
{
    private readonly ExampleIndex _index;
    private readonly ExampleIndex? _unanswered;
    private readonly ImmutableArray<PreparedResponse> _responses;
    private readonly PreparedOutage? _outage;
    private readonly FrozenSet<string> _echoingMethods;
    private readonly CallDelay _delay;
    private readonly ExplainMode _explains;

    private MockPlan(LoadedCollection collection, PlanCompiler compiler, MockPlanOptions options)
    {
        Name = collection.Name;
        _index = compiler.Index();
        _unanswered = compiler.IndexUnanswered();
        _responses = compiler.Responses.DrainToImmutable();
        _echoingMethods = compiler.EchoingMethods.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _delay = new CallDelay(options.Delay, options.Seed);
        _explains = options.Matching?.Explain ?? ExplainMode.All;
        if (options.ServerResponse is { } outage)
        {
            PreparedResponse? response = new AnswerReader(compiler.Issues).Read(outage, compiler.ResolverOf(collection.Variables));
            _outage = response is null ? null : new PreparedOutage(response, outage.Share, options.Seed);
        }

        ShadowedCount = compiler.ShadowedCount;
        Issues = [.. collection.Issues, .. compiler.Issues];
    }

    /// <summary>Name of the collection; empty when it has none.</summary>
    public string Name { get; }

    /// <summary>Number of examples that can be served.</summary>
    public int ExampleCount => _responses.Length;

    /// <summary>What was found while loading, then what was found while compiling.</summary>
    public ImmutableArray<LoadIssue> Issues { get; }

    /// <summary>Number of examples that no call can reach except by a selector header, because another with the same request always wins.</summary>
    public int ShadowedCount { get; }

    /// <summary>Compiles a mock. Never throws on account of what the collection says: that becomes an issue.</summary>
    /// <param name="collection">The examples.</param>
    /// <param name="environment">Variables of the mock's environment; they win over the collection's.</param>
    /// <param name="options">How to match and answer.</param>
    public static MockPlan Compile(LoadedCollection collection, IReadOnlyDictionary<string, string> environment, MockPlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(collection);
        PlanCompiler compiler = Begin(environment, options);
        foreach (Example example in collection.Examples)
        {
            compiler.Take(example);
        }

        foreach (UnansweredRequest request in collection.RequestsWithoutExample)
        {
            compiler.TakeUnanswered(request);
        }

        return new MockPlan(collection, compiler, options);
    }

    /// <summary>
    /// Reads a Postman collection and compiles it on the way, example by example: what <see cref="Compile"/> makes of
    /// <see cref="CollectionReader.ReadPostman(ReadOnlyMemory{byte}, LoadLimits?)"/>, without the memory that all examples take together.
    /// </summary>
    /// <param name="utf8Json">The document in UTF-8, with or without a byte order mark. It is not kept.</param>
    /// <param name="environment">Variables of the mock's environment; they win over the collection's.</param>
    /// <param name="options">How to match and answer.</param>
    public static MockPlan ReadPostman(ReadOnlyMemory<byte> utf8Json, IReadOnlyDictionary<string, string> environment, MockPlanOptions options)
    {
        PlanCompiler compiler = Begin(environment, options);
        return new MockPlan(CollectionReader.ReadPostman(utf8Json, null, compiler), compiler, options);
    }

    /// <summary>Reads examples in the native form and compiles them on the way.</summary>
    /// <param name="name">Name of the collection.</param>
    /// <param name="examples">The examples, as their author wrote them.</param>
    /// <param name="environment">Variables of the mock's environment.</param>
    /// <param name="options">How to match and answer.</param>
    public static MockPlan ReadNative(
        string name, IReadOnlyList<ExampleSpec> examples, IReadOnlyDictionary<string, string> environment, MockPlanOptions options)
    {
        PlanCompiler compiler = Begin(environment, options);
        return new MockPlan(CollectionReader.ReadNative(name, examples, null, compiler), compiler, options);
    }

    /// <summary>Names an example.</summary>
    /// <param name="index">Its <see cref="PreparedResponse.ExampleIndex"/>.</param>
    public ServedExample Example(int index)
    {
        Candidate candidate = _index.Candidates[index];
        return new ServedExample(candidate.Method, "/" + candidate.Path.Exact, candidate.Example.Name);
    }

    /// <summary>Id and name of an example, either may be empty. Allocates nothing.</summary>
    /// <param name="index">Its <see cref="PreparedResponse.ExampleIndex"/>.</param>
    public (string Id, string Name) IdentityOf(int index)
    {
        ExampleIdentity example = _index.Candidates[index].Example;
        return (example.Id, example.Name);
    }

    /// <summary>Whether the call asks for the table of scores instead of an answer, <c>x-mock-explain: true</c>, and may have it.</summary>
    public bool WantsExplanation(IRequestHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return _explains == ExplainMode.All
            && headers.MayChoose
            && headers.TryGetValue("x-mock-explain", out string? value)
            && value.AsSpan().Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a 404 tells the nearest examples, which takes longer than to say no.</summary>
    public bool DescribesErrors => _explains != ExplainMode.None;

    /// <summary>
    /// Whether the body of a call is read by anything: compared with examples or echoed by a template. If not, the host may leave it unread and give an
    /// empty one to <see cref="Match(in MockRequest)"/>.
    /// </summary>
    public bool NeedsBody(string method, IRequestHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(headers);
        if (_outage is { IsWhole: true } or { Response.ReadsBody: true })
        {
            return _outage.Response.ReadsBody;
        }

        return _index.ForMethod(method) is { } examples
            && (examples.HasBodies || _echoingMethods.Contains(examples.Candidates[0].Method) || RequestBody.Mode(headers, _index.Rules) != BodyMatching.Ignore);
    }

    /// <summary>Finds the answer to a call, whatever one request may cost.</summary>
    public MatchResult Match(in MockRequest request)
    {
        var budget = new WorkBudget(WorkBudget.OfRequest);
        return Match(request, ref budget);
    }

    /// <summary>Finds the answer to a call. Allocates nothing when the answer is static.</summary>
    /// <param name="request">The call.</param>
    /// <param name="budget">What it may cost; what it cost is taken from it. With a larger one, a call that was too much may have another outcome.</param>
    /// <exception cref="OperationCanceledException">The token of the budget fired.</exception>
    public MatchResult Match(in MockRequest request, ref WorkBudget budget)
    {
        if (_outage is null)
        {
            return Answer(request, _index.Find(request, ref budget), ref budget);
        }

        if (!_outage.IsWhole)
        {
            // Chance decides last, and once for each call: what is too much for one budget is matched again with another.
            MatchResult normal = Answer(request, _index.Find(request, ref budget), ref budget);
            if (normal.Outcome == MatchOutcome.TooMuch || !_outage.Meets(request.Headers))
            {
                return normal;
            }
        }

        return new MatchResult(MatchOutcome.ServerResponse, _outage.Response, default, default, _delay.For(request.Headers, null));
    }

    /// <summary>
    /// Explains the answer to a call: every example with its score or the reason it was left out. Compares one by one, so its cost grows with their
    /// number.
    /// </summary>
    public MatchExplanation Explain(in MockRequest request)
    {
        var budget = new WorkBudget(WorkBudget.OfRequest);
        return Explain(request, ref budget);
    }

    /// <summary>Writes <see cref="Explain(in MockRequest)"/> as JSON (<c>application/json; charset=utf-8</c>, status 200).</summary>
    /// <param name="request">The call.</param>
    /// <param name="output">Takes the document.</param>
    /// <param name="cancellation">Fires when nobody waits for it any more.</param>
    /// <returns>What of the call is too much to be explained; then nothing was written.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits.</exception>
    public RequestExcess WriteExplanation(in MockRequest request, IBufferWriter<byte> output, CancellationToken cancellation = default)
    {
        var budget = new WorkBudget(WorkBudget.OfRequest, cancellation);
        MatchExplanation explanation = Explain(request, ref budget);
        if (explanation.Excess == RequestExcess.None)
        {
            ExplanationJson.Write(output, explanation);
        }

        return explanation.Excess;
    }

    /// <summary>Finds the three examples that are nearest to a call that nothing matched, and why each of them lost.</summary>
    /// <param name="request">The call.</param>
    /// <param name="result">What <see cref="Match(in MockRequest)"/> returned.</param>
    /// <param name="cancellation">Fires when nobody waits for it any more.</param>
    /// <returns>The examples, nearest first; null when the call is too much for that.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits.</exception>
    public IReadOnlyList<ExplainedExample>? FindNearest(in MockRequest request, in MatchResult result, CancellationToken cancellation = default)
    {
        const int Nearest = 3;
        const long ForNearest = 1_000_000;
        Candidate[] nearest = new Candidate[Nearest];
        var budget = new WorkBudget(ForNearest, cancellation);
        nearest = nearest[.._index.Nearest(request, nearest, ref budget)];
        budget = new WorkBudget(WorkBudget.OfRequest, cancellation);
        IReadOnlyList<Verdict> verdicts = _index.Judge(request, nearest, result.IsSimilar, ref budget);
        return budget.Excess == RequestExcess.None ? [.. verdicts.Select(static verdict => Describe(verdict, null))] : null;
    }

    /// <summary>
    /// Writes the body of the 404 for a call that nothing matched (<c>application/json; charset=utf-8</c>): Postman's three fields, and with them the
    /// nearest examples, unless the mock does not describe its errors.
    /// </summary>
    /// <param name="result">What <see cref="Match(in MockRequest)"/> returned.</param>
    /// <param name="nearest">What <see cref="FindNearest"/> returned.</param>
    /// <param name="output">Takes the document.</param>
    public void WriteError(in MatchResult result, IReadOnlyList<ExplainedExample>? nearest, IBufferWriter<byte> output)
    {
        if (nearest is null || !DescribesErrors)
        {
            WritePlainError(result, output);
            return;
        }

        ExplanationJson.WriteError(output, result.Outcome, ExampleCount, nearest);
    }

    /// <summary>Writes examples that nearly answered a call as a JSON array, each as in the body of a 404.</summary>
    public static void WriteNearest(IReadOnlyList<ExplainedExample> nearest, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(nearest);
        ExplanationJson.WriteNearest(output, nearest);
    }

    /// <summary>Writes the body of the 404 for a call that nothing matched, without any example: Postman's three fields alone.</summary>
    public static void WritePlainError(in MatchResult result, IBufferWriter<byte> output) => ExplanationJson.WritePlainError(output, result.Outcome);

    private MatchResult Answer(in MockRequest request, Selection selection, ref WorkBudget budget)
    {
        if (budget.IsSpent)
        {
            return new MatchResult(budget.Excess);
        }

        if (selection.Winner is not { } winner)
        {
            bool needsExample = !selection.PathFitted && _unanswered is not null && _unanswered.Find(request, ref budget).PathFitted;
            return budget.IsSpent
                ? new MatchResult(budget.Excess)
                : new MatchResult(needsExample ? MatchOutcome.RequestWithoutExample : MatchOutcome.NoMatch, null, default, selection, TimeSpan.Zero);
        }

        PreparedResponse response = _responses[winner.Index];
        Captures captures = response.IsStatic ? default : CaptureReader.Read(winner, request, _index.Rules, ref budget);
        return budget.IsSpent
            ? new MatchResult(budget.Excess)
            : new MatchResult(MatchOutcome.Matched, response, captures, selection, _delay.For(request.Headers, response.DelayMilliseconds));
    }

    private MatchExplanation Explain(in MockRequest request, ref WorkBudget budget)
    {
        Selection selection = _index.Find(request, ref budget);
        MatchOutcome outcome = _outage is { IsWhole: true } ? MatchOutcome.ServerResponse : Answer(request, selection, ref budget).Outcome;
        Candidate? winner = outcome == MatchOutcome.Matched ? selection.Winner : null;
        IReadOnlyList<Verdict> verdicts = budget.IsSpent ? [] : _index.Judge(request, _index.Candidates, selection.IsSimilar, ref budget);
        if (budget.IsSpent)
        {
            return new MatchExplanation { Outcome = MatchOutcome.TooMuch, Excess = budget.Excess, ExampleCount = ExampleCount, Examples = [] };
        }

        IEnumerable<ExplainedExample> rows = verdicts
            .OrderByDescending(verdict => ReferenceEquals(verdict.Candidate, winner))
            .ThenByDescending(static verdict => verdict.Score ?? double.MinValue)
            .Take(MatchExplanation.MaxRows)
            .Select(verdict => Describe(verdict, winner));
        return new MatchExplanation { Outcome = outcome, ExampleCount = ExampleCount, Examples = [.. rows] };
    }

    private static PlanCompiler Begin(IReadOnlyDictionary<string, string> environment, MockPlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        return new PlanCompiler(environment, MatchingRules.From(options.Matching));
    }

    private static ExplainedExample Describe(Verdict verdict, Candidate? winner)
    {
        Candidate candidate = verdict.Candidate;
        bool won = ReferenceEquals(candidate, winner);
        string query = string.Join('&', candidate.Query.Parameters.Select(static parameter => $"{parameter.Name}={parameter.Value}"));
        return new ExplainedExample
        {
            Id = candidate.Example.Id,
            Name = candidate.Example.Name,
            Path = candidate.Example.Path,
            Method = candidate.Method,
            Target = $"/{candidate.Path.Exact.Replace(PercentDecoding.EncodedSlash.ToString(), "%2F", StringComparison.Ordinal)}{(query.Length > 0 ? "?" : "")}{query}",
            Status = candidate.Status,
            Score = verdict.Score,
            Won = won,
            Reason = won && verdict.Score is null ? "Chosen by name or id; nothing else is compared." : verdict.Reason,
        };
    }
}
