using System.Text;
using MockOperator.Resources;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// Finds examples that no call can reach by matching, because another one has the same method, path, query and body and wins every tie: it takes a
/// selector header to get them.
/// </summary>
internal static class Shadows
{
    /// <summary>Pairs each such example with the one that always wins.</summary>
    internal static IReadOnlyList<(Candidate Shadowed, Candidate Winner)> Find(IReadOnlyList<Candidate> candidates, MatchingRules rules)
    {
        var found = new List<(Candidate, Candidate)>();
        foreach (IGrouping<string, Candidate> alike in candidates.GroupBy(candidate => KeyOf(candidate, rules), StringComparer.Ordinal))
        {
            var firstOfBody = new Dictionary<int, Candidate>();
            Candidate? first = null;
            foreach (Candidate candidate in alike.OrderBy(static candidate => candidate.Rank))
            {
                bool earnsNothing = rules.Body == BodyMatching.Ignore && candidate.Body.Class <= ExpectedBody.EmptyClass;
                if (firstOfBody.TryGetValue(candidate.Body.Class, out Candidate? winner) || (earnsNothing && (winner = first) is not null))
                {
                    found.Add((candidate, winner!));
                }
                else
                {
                    firstOfBody.Add(candidate.Body.Class, candidate);
                }

                first ??= candidate;
            }
        }

        found.Sort(static (left, right) => left.Item1.Index.CompareTo(right.Item1.Index));
        return found;
    }

    private static string KeyOf(Candidate candidate, MatchingRules rules)
    {
        var key = new StringBuilder(candidate.Method).Append(' ');
        foreach (PathSegment segment in candidate.Path.Segments)
        {
            bool isToken = segment.IsWildcard && Token.TryRead(segment.Exact, out _);
            key.Append('/').Append(segment.IsWildcard ? '*' : '=').Append(isToken ? "" : segment.Exact).Append('*').Append(segment.Suffix);
        }

        key.Append('/', candidate.Path.Trailing);
        if (rules.QueryParams)
        {
            foreach (QueryPair pair in candidate.Query.Pairs)
            {
                key.Append('&').Append(pair.Packed);
            }
        }

        foreach (string name in rules.Headers)
        {
            key.Append('\n').Append(CaseFolding.Fold(candidate.Header(name) ?? "\0"));
        }

        return key.ToString();
    }
}
