using System.Collections.Frozen;
using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;
using MockOperator.Resources;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// Reads what the wildcards of the winner stand for: in the path, then in the query, then in a JSON body. Done only for answers that are templates; one
/// chosen by name or id captures too, when its path fits the call's.
/// </summary>
internal static class CaptureReader
{
    private const int PerCharacter = 5;

    /// <summary>Names that an example may capture under.</summary>
    internal static IReadOnlySet<string> Names(Candidate candidate)
    {
        if (candidate.WildcardCount == 0 && candidate.Body.Captures.IsEmpty)
        {
            return FrozenSet<string>.Empty;
        }

        var names = new HashSet<string>(candidate.Path.Segments.SelectMany(static segment => segment.Captures), StringComparer.Ordinal);
        names.UnionWith(QueryNames(candidate));
        names.UnionWith(candidate.Body.Captures);
        return names;
    }

    /// <summary>Reads the captures of one call.</summary>
    /// <param name="candidate">The example that answers.</param>
    /// <param name="request">The call.</param>
    /// <param name="rules">How the two were compared.</param>
    /// <param name="budget">What reading takes is taken from it; once it is spent, the captures are not all there.</param>
    internal static Captures Read(Candidate candidate, in MockRequest request, MatchingRules rules, ref WorkBudget budget)
    {
        var captures = new List<Field>();
        if (candidate.Path.WildcardCount > 0 && budget.TrySpend(PerCharacter * (long)request.Target.Length, RequestExcess.Path))
        {
            ReadPath(candidate.Path, request.Target, captures, ref budget);
        }

        if (candidate.Query.WildcardCount > 0 && budget.TrySpend(CostOfQuery(request.Target), RequestExcess.Query))
        {
            ReadQuery(candidate, request.Target, captures);
        }

        if (candidate.Body.HasWildcards && !request.Body.IsEmpty)
        {
            using var content = new RequestContent(request.Body, request.ContentType);
            int before = captures.Count;
            if (!candidate.Body.Fits(content, rules.Body == BodyMatching.Subset, captures, ref budget))
            {
                captures.RemoveRange(before, captures.Count - before);
            }
        }

        return captures.Count == 0 ? default : new Captures([.. captures.Select(static field => field.Name)], [.. captures.Select(static field => field.Value)]);
    }

    private static long CostOfQuery(string target)
    {
        const int PerParameter = 150;
        ReadOnlySpan<char> query = RequestQuery.RawQuery(target);
        return (PerCharacter * (long)query.Length) + (PerParameter * (long)RequestQuery.CountParameters(query));
    }

    private static void ReadPath(ExamplePath saved, string target, List<Field> captures, ref WorkBudget budget)
    {
        ReadOnlySpan<char> raw = RequestPath.RawPath(target);
        RequestPath sent = RequestPath.Read(raw, new char[2 * raw.Length], new int[RequestPath.CountSegments(raw)]);
        if (PathComparison.Step(saved, sent, strict: false) == PathStep.None && !PathComparison.IsSimilar(saved, sent, ref budget))
        {
            return;
        }

        for (int index = 0; index < sent.Count && index < saved.Segments.Length; index++)
        {
            PathSegment segment = saved.Segments[index];
            if (!segment.IsWildcard)
            {
                continue;
            }

            ReadOnlySpan<char> text = sent.ExactSegment(index);
            string value = text[..Math.Max(0, text.Length - segment.Suffix.Length)].ToString().Replace(PercentDecoding.EncodedSlash, '/');
            foreach (string name in segment.Captures)
            {
                captures.Add(new Field(name, value));
            }
        }
    }

    private static IEnumerable<string> QueryNames(Candidate candidate) => candidate.Query.WildcardCount == 0
        ? []
        : candidate.Query.Parameters
            .Select(static parameter => Token.TryRead(parameter.Value, out string? name) ? name : null)
            .OfType<string>()
            .Where(static name => !name.StartsWith('$'));

    private static void ReadQuery(Candidate candidate, string target, List<Field> captures)
    {
        ILookup<string, string> sent = RequestQuery.ReadAll(RequestQuery.RawQuery(target)).ToLookup(static field => field.Name, static field => field.Value, StringComparer.Ordinal);
        foreach (IGrouping<string, Field> key in candidate.Query.Parameters.GroupBy(static parameter => parameter.Name, StringComparer.Ordinal))
        {
            List<string> values = [.. sent[key.Key]];
            ImmutableArray<string?> names = [.. key.Select(static parameter => Token.TryRead(parameter.Value, out string? name) ? name : null)];
            foreach ((Field parameter, string? name) in key.Zip(names))
            {
                if (name is null)
                {
                    values.Remove(parameter.Value);
                }
            }

            foreach ((string? name, string value) in names.Where(static name => name is not null).Zip(values))
            {
                if (!name!.StartsWith('$'))
                {
                    captures.Add(new Field(name, value));
                }
            }
        }
    }
}
