namespace MockOperator.Mocking.Matching;

/// <summary>How the query of an example compares with that of a call (Postman matching, query parameters).</summary>
/// <param name="Matches">Parameters equal in key and value.</param>
/// <param name="Partials">Parameters equal in key only.</param>
/// <param name="Missing">Parameters on one side only.</param>
internal readonly record struct QueryComparison(int Matches, int Partials, int Missing)
{
    /// <summary>Most points that missing parameters cost.</summary>
    internal const int MaxPenalty = 10;

    private const double MaxBonus = 10;

    /// <summary>What is added to the score, −10 to 10.</summary>
    internal double Adjustment => Adjust(Matches, Matches + Partials + Missing, Missing);

    /// <summary>What is added to the score: the share of matches of 10, or when none matches minus the number of missing ones, at most 10.</summary>
    internal static double Adjust(int matches, int total, int missing) =>
        matches > 0 ? MaxBonus * matches / total : -Math.Min(missing, MaxPenalty);

    /// <summary>Units of a <see cref="WorkBudget"/> that comparing with an example takes.</summary>
    internal static long Cost(ExampleQuery example)
    {
        const int PerExample = 15;
        const int PerParameter = 25;
        return PerExample + (PerParameter * (long)example.Pairs.Length);
    }

    /// <summary>
    /// Compares two queries as multisets: of the values of a key, equal ones match first, wildcards match what is then left, what is still left on both
    /// sides is partial, and what is left on one side is missing. The cost grows with the example's parameters, hardly with the call's.
    /// </summary>
    internal static QueryComparison Of(ExampleQuery example, RequestQuery request)
    {
        ReadOnlySpan<QueryPair> saved = example.Pairs.AsSpan();
        ReadOnlySpan<QueryPair> sent = request.Pairs;
        int matches = 0;
        int partials = 0;
        int missing = request.Count;
        int left = 0;
        int right = 0;
        while (left < saved.Length)
        {
            int key = saved[left].Key;
            int leftEnd = left + 1;
            while (leftEnd < saved.Length && saved[leftEnd].Key == key)
            {
                leftEnd++;
            }

            right = QueryPair.Seek(sent, QueryPair.Of(key, 0), right);
            int rightEnd = QueryPair.Seek(sent, QueryPair.Of(key + 1, 0), right);
            int equal = CountEqual(saved[left..leftEnd], sent[right..rightEnd]);
            int savedLeft = leftEnd - left - equal;
            int sentLeft = rightEnd - right - equal;
            matches += equal;
            partials += Math.Min(savedLeft, sentLeft);
            missing += Math.Abs(savedLeft - sentLeft) - (rightEnd - right);
            left = leftEnd;
            right = rightEnd;
        }

        return new QueryComparison(matches, partials, missing);
    }

    /// <summary>Matches among the values of one key; both sides are sorted, wildcards last.</summary>
    private static int CountEqual(ReadOnlySpan<QueryPair> saved, ReadOnlySpan<QueryPair> sent)
    {
        int equal = 0;
        int right = 0;
        int left = 0;
        for (; left < saved.Length && saved[left].Value != QueryPair.Any; left++)
        {
            right = QueryPair.Seek(sent, saved[left], right);
            if (right < sent.Length && sent[right] == saved[left])
            {
                equal++;
                right++;
            }
        }

        return equal + Math.Min(saved.Length - left, sent.Length - equal);
    }
}
