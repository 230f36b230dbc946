using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Collections.Reading;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>
/// Compiles a collection: fills in variables, prepares answers, builds the index, and notes what will not do what its author expects. Takes examples one by one and keeps
/// none of them.
/// </summary>
internal sealed class PlanCompiler : IExampleTaker
{
    private const int MaxShadowIssues = 100;

    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly MatchingRules _rules;
    private readonly Dictionary<VariableScope, VariableResolver> _resolvers = new(ReferenceEqualityComparer.Instance);
    private readonly ExpansionBudget _budget = new();
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly Vocabulary _vocabulary = new();
    private readonly BodyVocabulary _bodies = new();
    private readonly CandidateReader _reader;
    private readonly List<Candidate> _candidates = [];
    private readonly AnswerReader _answers;

    private readonly MatchingRules _unansweredRules;
    private readonly Vocabulary _unansweredVocabulary = new();
    private readonly CandidateReader _unansweredReader;
    private readonly Dictionary<VariableScope, VariableResolver> _unansweredResolvers = new(ReferenceEqualityComparer.Instance);

    // A budget of their own: what is not served must not use up what examples may grow by.
    private readonly ExpansionBudget _unansweredBudget = new();
    private readonly List<Candidate> _unanswered = [];

    /// <summary>Starts compiling.</summary>
    internal PlanCompiler(IReadOnlyDictionary<string, string> environment, MatchingRules rules)
    {
        _environment = environment;
        _rules = rules;
        _reader = new CandidateReader(rules, _vocabulary, _bodies);
        _answers = new AnswerReader(Issues);
        _unansweredRules = rules with { Fuzzy = false };
        _unansweredReader = new CandidateReader(_unansweredRules, _unansweredVocabulary, new BodyVocabulary());
    }

    /// <summary>What was noted.</summary>
    internal List<LoadIssue> Issues { get; } = [];

    /// <summary>The answers, by number of their example.</summary>
    internal ImmutableArray<PreparedResponse>.Builder Responses { get; } = ImmutableArray.CreateBuilder<PreparedResponse>();

    /// <summary>Methods of examples whose answer echoes the request body.</summary>
    internal HashSet<string> EchoingMethods { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Number of examples that no call can reach by matching.</summary>
    internal int ShadowedCount { get; private set; }

    /// <summary>Compiles an example.</summary>
    public void Take(Example example)
    {
        VariableResolver variables = ResolverOf(example.Scope);
        if (_reader.Read(example, variables, _candidates.Count) is not { } candidate)
        {
            Issues.Add(Issue(LoadIssueSeverity.Skipped, example.Path, "PathTooLong", $"A path has at most {CandidateReader.MaxSegments} segments. Shorten the URL of the saved request."));
            return;
        }

        _candidates.Add(candidate);
        PreparedResponse response = _answers.Read(candidate.Example, example.Response, variables, CaptureReader.Names(candidate));
        response.ExampleIndex = Responses.Count;
        Responses.Add(response);
        if (response.ReadsBody)
        {
            EchoingMethods.Add(candidate.Method);
        }

        Report(variables, example);
    }

    /// <summary>Compiles a saved request that has no example: path and query alone.</summary>
    public void TakeUnanswered(UnansweredRequest unanswered)
    {
        var example = new Example { Id = "", Name = "", Request = unanswered.Request with { Body = ExampleBody.None, Headers = [] }, Response = new ExampleResponse() };
        if (_unansweredReader.Read(example, ResolverOf(unanswered.Scope, _unansweredResolvers, _unansweredBudget), _unanswered.Count) is { } candidate)
        {
            _unanswered.Add(candidate);
        }
    }

    /// <summary>Indexes the examples that were taken.</summary>
    internal ExampleIndex Index()
    {
        var index = new ExampleIndex(_candidates, _rules, _vocabulary, _bodies);
        ReportShadows(_candidates);
        return index;
    }

    /// <summary>Indexes the saved requests that have no example; null when there are none.</summary>
    internal ExampleIndex? IndexUnanswered() =>
        _unanswered.Count == 0 ? null : new ExampleIndex(_unanswered, _unansweredRules, _unansweredVocabulary, new BodyVocabulary());

    /// <summary>Variables of a scope, with those of the environment before them.</summary>
    internal VariableResolver ResolverOf(VariableScope scope) => ResolverOf(scope, _resolvers, _budget);

    private static LoadIssue Issue(LoadIssueSeverity severity, string path, string reason, string message) =>
        new() { Severity = severity, Path = path, Reason = reason, Message = message };

    private VariableResolver ResolverOf(VariableScope scope, Dictionary<VariableScope, VariableResolver> known, ExpansionBudget budget)
    {
        if (!known.TryGetValue(scope, out VariableResolver? resolver))
        {
            resolver = new VariableResolver(_environment, scope, budget);
            known.Add(scope, resolver);
        }

        return resolver;
    }

    private void Report(VariableResolver variables, Example example)
    {
        foreach (LoadIssue issue in variables.Issues)
        {
            if (_reported.Add(issue.Reason + issue.Message))
            {
                Issues.Add(issue with { Path = example.Path });
            }
        }
    }

    private void ReportShadows(IReadOnlyList<Candidate> candidates)
    {
        IReadOnlyList<(Candidate Shadowed, Candidate Winner)> shadows = Shadows.Find(candidates, _rules);
        ShadowedCount = shadows.Count;
        foreach ((Candidate shadowed, Candidate winner) in shadows.Take(MaxShadowIssues))
        {
            Issues.Add(Issue(
                LoadIssueSeverity.Warning,
                shadowed.Example.Path,
                "Shadowed",
                $"'{shadowed.Example.Name}' has the same request as '{winner.Example.Name}' ({winner.Example.Path}), which wins. Select it by {Selectors.NameHeader}, {Selectors.IdHeader} or {Selectors.StatusHeader}."));
        }

        if (shadows.Count > MaxShadowIssues)
        {
            Issues.Add(Issue(LoadIssueSeverity.Warning, "", "Shadowed", $"{shadows.Count - MaxShadowIssues} more examples are shadowed by others with the same request."));
        }
    }
}
