using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>Compiles a collection: fills in variables, prepares answers, builds the index, and notes what will not do what its author expects.</summary>
internal sealed class PlanCompiler
{
    private const int MaxShadowIssues = 100;

    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly MatchingRules _rules;
    private readonly Dictionary<VariableScope, VariableResolver> _resolvers = new(ReferenceEqualityComparer.Instance);
    private readonly ExpansionBudget _budget = new();
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Starts compiling.</summary>
    internal PlanCompiler(IReadOnlyDictionary<string, string> environment, MatchingRules rules)
    {
        _environment = environment;
        _rules = rules;
    }

    /// <summary>What was noted.</summary>
    internal List<LoadIssue> Issues { get; } = [];

    /// <summary>The answers, by number of their example.</summary>
    internal ImmutableArray<PreparedResponse>.Builder Responses { get; } = ImmutableArray.CreateBuilder<PreparedResponse>();

    /// <summary>Methods of examples whose answer echoes the request body.</summary>
    internal HashSet<string> EchoingMethods { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Number of examples that no call can reach by matching.</summary>
    internal int ShadowedCount { get; private set; }

    /// <summary>Indexes the examples.</summary>
    internal ExampleIndex Compile(IEnumerable<Example> examples)
    {
        var vocabulary = new Vocabulary();
        var bodies = new BodyVocabulary();
        var reader = new CandidateReader(_rules, vocabulary, bodies);
        var candidates = new List<Candidate>();
        foreach (Example example in examples)
        {
            VariableResolver variables = ResolverOf(example.Scope);
            if (reader.Read(example, variables, candidates.Count) is not { } candidate)
            {
                Issues.Add(Issue(LoadIssueSeverity.Skipped, example.Path, "PathTooLong", $"A path has at most {CandidateReader.MaxSegments} segments. Shorten the URL of the saved request."));
                continue;
            }

            candidates.Add(candidate);
            PreparedResponse response = ResponseReader.Read(example, variables, CaptureReader.Names(candidate), Issues);
            Responses.Add(response);
            if (response.ReadsBody)
            {
                EchoingMethods.Add(candidate.Method);
            }

            Report(variables, example.Path);
        }

        var index = new ExampleIndex(candidates, _rules, vocabulary, bodies);
        ReportShadows(candidates);
        return index;
    }

    /// <summary>Indexes saved requests that have no example, by path alone.</summary>
    internal ExampleIndex? CompileUnanswered(IEnumerable<ExampleRequest> requests)
    {
        MatchingRules rules = _rules with { Fuzzy = false };
        var vocabulary = new Vocabulary();
        var reader = new CandidateReader(rules, vocabulary, new BodyVocabulary());
        var candidates = new List<Candidate>();
        foreach (ExampleRequest request in requests)
        {
            var example = new Example { Id = "", Name = "", Path = "", Request = request with { Body = ExampleBody.None, Headers = [] }, Response = new ExampleResponse() };
            if (reader.Read(example, ResolverOf(VariableScope.Empty), candidates.Count) is { } candidate)
            {
                candidates.Add(candidate);
            }
        }

        return candidates.Count == 0 ? null : new ExampleIndex(candidates, rules, vocabulary, new BodyVocabulary());
    }

    /// <summary>Variables of a scope, with those of the environment before them.</summary>
    internal VariableResolver ResolverOf(VariableScope scope)
    {
        if (!_resolvers.TryGetValue(scope, out VariableResolver? resolver))
        {
            resolver = new VariableResolver(_environment, scope, _budget);
            _resolvers.Add(scope, resolver);
        }

        return resolver;
    }

    private static LoadIssue Issue(LoadIssueSeverity severity, string path, string reason, string message) =>
        new() { Severity = severity, Path = path, Reason = reason, Message = message };

    private void Report(VariableResolver variables, string path)
    {
        foreach (LoadIssue issue in variables.Issues)
        {
            if (_reported.Add(issue.Reason + issue.Message))
            {
                Issues.Add(issue with { Path = path });
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
