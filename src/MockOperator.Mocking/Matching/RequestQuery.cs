using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Matching;

/// <summary>The query of a call, as numbers of the plan's <see cref="Vocabulary"/>.</summary>
internal readonly ref struct RequestQuery
{
    private RequestQuery(ReadOnlySpan<QueryPair> pairs, int count)
    {
        Pairs = pairs;
        Count = count;
    }

    /// <summary>Parameters whose key some example uses, sorted; an unknown value is <see cref="Vocabulary.Unknown"/>.</summary>
    internal ReadOnlySpan<QueryPair> Pairs { get; }

    /// <summary>Number of all parameters, repeated and unknown ones included.</summary>
    internal int Count { get; }

    /// <summary>The raw query of a target, without question mark and fragment.</summary>
    internal static ReadOnlySpan<char> RawQuery(ReadOnlySpan<char> target)
    {
        int end = target.IndexOfAny('?', '#');
        if (end < 0 || target[end] == '#')
        {
            return default;
        }

        target = target[(end + 1)..];
        int hash = target.IndexOf('#');
        return hash < 0 ? target : target[..hash];
    }

    /// <summary>Most parameters that are read of a raw query.</summary>
    internal static int CountParameters(ReadOnlySpan<char> query) => query.IsEmpty ? 0 : Math.Min(query.Count('&') + 1, WorkBudget.MaxParameters);

    /// <summary>Reads a raw query.</summary>
    /// <param name="query">What <see cref="RawQuery"/> returned.</param>
    /// <param name="vocabulary">The texts that examples use.</param>
    /// <param name="scratch">As long as the query.</param>
    /// <param name="pairs">As long as <see cref="CountParameters"/> says.</param>
    /// <param name="budget">What reading takes is taken from it; a query with too many parameters ends it.</param>
    internal static RequestQuery Read(ReadOnlySpan<char> query, Vocabulary vocabulary, Span<char> scratch, Span<QueryPair> pairs, ref WorkBudget budget)
    {
        const int PerCharacter = 2;
        const int PerParameter = 50;
        if (!budget.TrySpend((PerCharacter * (long)query.Length) + (PerParameter * (long)pairs.Length), RequestExcess.Query))
        {
            return default;
        }

        int count = 0;
        int known = 0;
        while (!query.IsEmpty)
        {
            int end = query.IndexOf('&');
            ReadOnlySpan<char> piece = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            int equals = piece.IndexOf('=');
            ReadOnlySpan<char> key = equals < 0 ? piece : piece[..equals];
            ReadOnlySpan<char> value = equals < 0 ? default : piece[(equals + 1)..];
            if (key.IsEmpty && value.IsEmpty)
            {
                continue;
            }

            if (++count > WorkBudget.MaxParameters)
            {
                budget.End(RequestExcess.Parameters);
                return default;
            }

            int number = vocabulary.Find(Decode(key, scratch));
            if (number != Vocabulary.Unknown)
            {
                pairs[known++] = QueryPair.Of(number, vocabulary.Find(Decode(value, scratch)));
            }
        }

        Span<QueryPair> read = pairs[..known];
        if (known > 1)
        {
            QueryPair.Sort(read);
        }

        return new RequestQuery(read, count);
    }

    /// <summary>The parameters of a raw query as text, decoded, in order; as many as are compared.</summary>
    internal static IReadOnlyList<Field> ReadAll(ReadOnlySpan<char> query)
    {
        var fields = new List<Field>();
        foreach (Range range in query.Split('&'))
        {
            ReadOnlySpan<char> piece = query[range];
            int equals = piece.IndexOf('=');
            var field = new Field(
                PercentDecoding.DecodeQuery(equals < 0 ? piece : piece[..equals]),
                equals < 0 ? "" : PercentDecoding.DecodeQuery(piece[(equals + 1)..]));
            if (field.Name.Length > 0 || field.Value.Length > 0)
            {
                fields.Add(field);
            }

            if (fields.Count == WorkBudget.MaxParameters)
            {
                break;
            }
        }

        return fields;
    }

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<char> text, Span<char> scratch) =>
        text.IndexOfAny('%', '+') < 0 ? text : scratch[..PercentDecoding.DecodeQuery(text, scratch)];
}
