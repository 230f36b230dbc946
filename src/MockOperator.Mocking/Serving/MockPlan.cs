using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Serving;

/// <summary>
/// A mock, compiled: everything that can be decided before a request comes is decided here. Immutable and safe to share between threads; a changed
/// collection is a new plan.
/// </summary>
public sealed class MockPlan
{
    private readonly ImmutableArray<(Example Example, string[] Segments, PreparedResponse Response)> _examples;

    private MockPlan(ImmutableArray<(Example, string[], PreparedResponse)> examples, ImmutableArray<LoadIssue> issues)
    {
        _examples = examples;
        Issues = issues;
    }

    /// <summary>Number of examples that can be served.</summary>
    public int ExampleCount => _examples.Length;

    /// <summary>What was found while loading and compiling, in document order.</summary>
    public ImmutableArray<LoadIssue> Issues { get; }

    /// <summary>Number of examples that no request can reach except by name or id.</summary>
    public int ShadowedCount { get; }

    /// <summary>Compiles a mock. Never throws on account of what the collection says: that becomes an issue.</summary>
    /// <param name="collection">The examples.</param>
    /// <param name="environment">Variables of the mock's environment; they win over the collection's.</param>
    /// <param name="options">How to match and answer.</param>
    public static MockPlan Compile(LoadedCollection collection, IReadOnlyDictionary<string, string> environment, MockPlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        ImmutableArray<(Example, string[], PreparedResponse)>.Builder examples = ImmutableArray.CreateBuilder<(Example, string[], PreparedResponse)>();
        foreach (Example example in collection.Examples)
        {
            var variables = new VariableResolver(environment, example.Scope);
            examples.Add((example, [.. example.Request.Url.Path.Select(variables.Resolve)], Prepare(example, variables)));
        }

        return new MockPlan(examples.ToImmutable(), collection.Issues);
    }

    /// <summary>Whether the body of a call is read by anything: compared with examples or echoed by a template. If not, the host may skip it.</summary>
    public bool NeedsBody(string method, IRequestHeaders headers) => ExampleCount > 0;

    /// <summary>Whether the call asks for the table of scores instead of an answer: <c>x-mock-explain: true</c>.</summary>
    public static bool WantsExplanation(IRequestHeaders headers) =>
        headers.TryGetValue("x-mock-explain", out string? value) && value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the answer to a call. Allocates nothing when the answer is static.</summary>
    public MatchResult Match(in MockRequest request)
    {
        string[] path = request.Target.Split('?')[0].TrimStart('/').Split('/');
        foreach ((Example example, string[] segments, PreparedResponse response) in _examples)
        {
            if (!example.Request.Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase) || segments.Length != path.Length)
            {
                continue;
            }

            var names = new List<string>();
            var values = new List<string>();
            bool fits = true;
            for (int index = 0; index < path.Length; index++)
            {
                if (segments[index].StartsWith("{{", StringComparison.Ordinal))
                {
                    names.Add(segments[index][2..^2]);
                    values.Add(Uri.UnescapeDataString(path[index]));
                }
                else
                {
                    fits &= segments[index] == path[index];
                }
            }

            if (fits)
            {
                return new MatchResult(MatchOutcome.Matched, response, new Captures([.. names], [.. values]), 100, TimeSpan.Zero);
            }
        }

        return new MatchResult(MatchOutcome.NoMatch, null, default, 0, TimeSpan.Zero);
    }

    /// <summary>Explains the answer to a call: the whole table of scores.</summary>
    public MatchExplanation Explain(in MockRequest request)
    {
        MatchResult result = Match(request);
        return new MatchExplanation { Outcome = result.Outcome, Examples = [], ExampleCount = ExampleCount };
    }

    /// <summary>Writes <see cref="Explain"/> as JSON (<c>application/json; charset=utf-8</c>, status 200).</summary>
    public void WriteExplanation(in MockRequest request, IBufferWriter<byte> output)
    {
        MatchExplanation explanation = Explain(request);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("outcome", explanation.Outcome.ToString());
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes the body of the 404 for a call that nothing matched (<c>application/json; charset=utf-8</c>), with the three nearest examples and why
    /// each of them lost.
    /// </summary>
    public void WriteError(in MockRequest request, in MatchResult result, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("name", "mockRequestNotFoundError");
        json.WriteString("message", "Double check your method and the request path and try again.");
        json.WriteString("header", "No matching requests");
        json.WriteStartObject("details");
        json.WriteNumber("examples", ExampleCount);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static PreparedResponse Prepare(Example example, VariableResolver variables)
    {
        ExampleResponse response = example.Response;
        Template? template = response.Text is null ? null : Template.Parse(response.Text, variables);
        ReadOnlyMemory<byte> body = template is { IsStatic: true } ? template.Utf8 : response.Binary ?? default;
        return new PreparedResponse(
            response.Status,
            response.ReasonPhrase,
            [.. response.Headers.Select(header => new PreparedHeader(header.Name, Template.Parse(header.Value, variables)))],
            body,
            template is { IsStatic: false } ? template : null)
        {
            ExampleId = example.Id,
            ExampleName = example.Name,
            ExamplePath = example.Path,
        };
    }
}
