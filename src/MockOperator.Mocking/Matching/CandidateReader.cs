using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Matching;

/// <summary>Prepares examples for comparison: fills in their variables and numbers what they say.</summary>
internal sealed class CandidateReader
{
    /// <summary>Most segments of a saved path; an example with more is not served.</summary>
    internal const int MaxSegments = 256;

    private readonly MatchingRules _rules;
    private readonly Vocabulary _vocabulary;
    private readonly BodyVocabulary _bodies;
    private readonly Canonical<PathSegment> _segments = new(EqualityComparer<PathSegment>.Default);
    private readonly Canonical<Field[]> _headers = new(new SameElements<Field>());

    /// <summary>Reads into shared vocabularies.</summary>
    internal CandidateReader(MatchingRules rules, Vocabulary vocabulary, BodyVocabulary bodies)
    {
        _rules = rules;
        _vocabulary = vocabulary;
        _bodies = bodies;
    }

    /// <summary>Prepares one example.</summary>
    /// <param name="example">The example.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="index">Its number.</param>
    /// <returns>Null when its path has more than <see cref="MaxSegments"/> segments.</returns>
    internal Candidate? Read(Example example, VariableResolver variables, int index)
    {
        ExampleRequest request = example.Request;
        ResolvedUrl url = ResolvedUrl.Read(request.Url, variables);
        if (url.Path.AsSpan().Count('/') >= MaxSegments)
        {
            return null;
        }

        return new Candidate
        {
            Index = index,
            Example = new ExampleIdentity(example),
            Status = example.Response.Status,
            Method = request.Method.Trim().ToUpperInvariant(),
            Path = ExamplePath.Read(request.Url, url.Path, variables, _rules.Wildcards, _segments),
            Query = ExampleQuery.Read(url.Query, _vocabulary, _rules.Wildcards),
            Body = ExpectedBody.Read(Resolve(request.Body, variables), _bodies, _rules.Wildcards, _rules.Body == Resources.BodyMatching.Subset),
            Headers = ReadHeaders(request.Headers, variables),
        };
    }

    private ImmutableArray<Field> ReadHeaders(ImmutableArray<Field> headers, VariableResolver variables) => headers.IsEmpty ? [] :
        ImmutableCollectionsMarshal.AsImmutableArray(_headers.Of(
        [
            .. headers
                .GroupBy(static header => header.Name.Trim(), StringComparer.OrdinalIgnoreCase)
                .Where(static group => group.Key.Length > 0)
                .Select(group => new Field(group.Key, string.Join(", ", group.Select(header => variables.Resolve(header.Value).Trim())))),
        ]));

    private static ExampleBody Resolve(ExampleBody body, VariableResolver variables) => body switch
    {
        ExampleBody.Raw raw => new ExampleBody.Raw(variables.Resolve(raw.Text)),
        ExampleBody.Form form => new ExampleBody.Form([.. form.Fields.Select(field => new Field(variables.Resolve(field.Name), variables.Resolve(field.Value)))], form.Multipart),
        ExampleBody.GraphQL call => new ExampleBody.GraphQL(
            variables.Resolve(call.Query),
            call.Variables is null ? null : variables.Resolve(call.Variables),
            call.OperationName is null ? null : variables.Resolve(call.OperationName)),
        _ => body,
    };
}
