using System.Collections.Immutable;
using System.Numerics;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// Examples of one path whose queries have the same keys, with wildcard values at the same places. For such examples only the number of matches
/// differs, so the best one is found by asking for every subset of the values that a request brings, largest first: the cost depends on the number
/// of parameters, not on the number of examples.
/// </summary>
internal sealed class QuerySignature
{
    /// <summary>Most literal values an indexed query may have: a request costs at most two to the power of this many look-ups.</summary>
    internal const int MaxLiterals = 6;

    private const int PerSignature = 20;
    private const int PerKey = 15;
    private const long PerTry = 15;

    private readonly int[] _keys;
    private readonly int _literals;
    private readonly Dictionary<ulong, Candidate> _bySubset = [];
    private readonly Candidate[] _candidates;
    private readonly ulong _seed;

    /// <summary>Indexes examples whose queries agree in their keys and in the places of their wildcards.</summary>
    /// <param name="candidates">The examples, by rank.</param>
    internal QuerySignature(Candidate[] candidates)
    {
        _candidates = candidates;
        ImmutableArray<QueryPair> pairs = candidates[0].Query.Pairs;
        _keys = [.. pairs.Select(static pair => pair.Key)];
        for (int position = 0; position < _keys.Length; position++)
        {
            _literals |= pairs[position].Value == QueryPair.Any ? 0 : 1 << position;
        }

        while (!TryIndex())
        {
            _seed++;
        }
    }

    /// <summary>The keys, ascending.</summary>
    internal ReadOnlySpan<int> Keys => _keys;

    /// <summary>The example that wins when none of the literal values match.</summary>
    internal Candidate First => _candidates[0];

    /// <summary>Whether examples with this query can be indexed at all.</summary>
    internal static bool CanHold(ExampleQuery query) => !query.HasRepeatedKey && query.Pairs.Length - query.WildcardCount <= MaxLiterals && query.Pairs.Length <= 24;

    /// <summary>Offers the best of these examples.</summary>
    internal void Consider(double pathScore, double bonus, ref MatchState state)
    {
        if (!state.Budget.TrySpend(PerSignature + (PerKey * (long)_keys.Length), RequestExcess.Query))
        {
            return;
        }

        ReadOnlySpan<QueryPair> sent = state.Query.Pairs;
        Span<Choice> choices = stackalloc Choice[_keys.Length];
        Span<int> values = stackalloc int[_keys.Length];
        int present = 0;
        int known = 0;
        bool repeats = false;
        int next = 0;
        for (int position = 0; position < _keys.Length; position++)
        {
            int key = _keys[position];
            next = QueryPair.Seek(sent, QueryPair.Of(key, Vocabulary.Unknown), next);
            if (next == sent.Length || sent[next].Key != key)
            {
                continue;
            }

            int end = QueryPair.Seek(sent, QueryPair.Of(key + 1, Vocabulary.Unknown), next + 1);
            int firstKnown = QueryPair.Seek(sent[..end], QueryPair.Of(key, Vocabulary.Unknown + 1), next);
            present |= 1 << position;
            if (firstKnown < end)
            {
                known |= 1 << position;
                repeats |= end - firstKnown > 1 && (_literals & (1 << position)) != 0;
                choices[position] = new Choice(firstKnown, end);
                values[position] = sent[firstKnown].Value;
            }

            next = end;
        }

        known &= _literals;
        int shared = BitOperations.PopCount((uint)present);
        if (state.Rules.IsStrict && (shared < _keys.Length || known != _literals))
        {
            return;
        }

        int matches = BestChoice(known, repeats, choices, values, ref state, out Candidate best);
        if (state.Rules.IsStrict && matches < BitOperations.PopCount((uint)_literals))
        {
            return;
        }

        matches += BitOperations.PopCount((uint)(present & ~_literals));
        double adjustment = QueryComparison.Adjust(matches, _keys.Length + state.Query.Count - shared, _keys.Length + state.Query.Count - (2 * shared));
        state.Offer(pathScore + adjustment + bonus, best);
    }

    /// <summary>Fills the index; false when two different subsets share a hash, which another seed will tell apart.</summary>
    private bool TryIndex()
    {
        _bySubset.Clear();
        Span<int> values = stackalloc int[_keys.Length];
        foreach (Candidate candidate in _candidates)
        {
            for (int position = 0; position < values.Length; position++)
            {
                values[position] = candidate.Query.Pairs[position].Value;
            }

            for (int subset = _literals; subset > 0; subset = (subset - 1) & _literals)
            {
                if (!_bySubset.TryAdd(Hash(subset, values), candidate) && Find(subset, values) is null)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private int BestSubset(int known, ReadOnlySpan<int> values, out Candidate best)
    {
        best = First;
        int most = 0;
        for (int subset = known; subset > 0; subset = (subset - 1) & known)
        {
            int size = BitOperations.PopCount((uint)subset);
            if (size >= most && Find(subset, values) is { } found && (size > most || found.Rank < best.Rank))
            {
                most = size;
                best = found;
            }
        }

        return most;
    }

    private Candidate? Find(int subset, ReadOnlySpan<int> values)
    {
        if (subset == 0)
        {
            return First;
        }

        if (!_bySubset.TryGetValue(Hash(subset, values), out Candidate? candidate))
        {
            return null;
        }

        ImmutableArray<QueryPair> pairs = candidate.Query.Pairs;
        for (int rest = subset; rest != 0; rest &= rest - 1)
        {
            int position = BitOperations.TrailingZeroCount(rest);
            if (pairs[position].Value != values[position])
            {
                return null;
            }
        }

        return candidate;
    }

    /// <summary>
    /// The best example by its literal values. When a key stands in the call more than once there is a choice between values: each is tried, or each example
    /// is looked at, whichever is cheaper.
    /// </summary>
    private int BestChoice(int known, bool repeats, scoped ReadOnlySpan<Choice> choices, scoped Span<int> values, ref MatchState state, out Candidate best)
    {
        int literals = BitOperations.PopCount((uint)known);
        double tries = (1 << literals) - 1;
        for (int rest = repeats ? known : 0; rest != 0; rest &= rest - 1)
        {
            tries *= choices[BitOperations.TrailingZeroCount(rest)].Count;
        }

        double looks = repeats ? (double)_candidates.Length * literals : tries;
        best = First;
        if (!state.Budget.TrySpend(PerTry * (long)Math.Min(tries, looks), RequestExcess.Query))
        {
            return 0;
        }

        return !repeats ? BestSubset(known, values, out best)
            : tries <= looks ? TryEachChoice(known, choices, values, state.Query.Pairs, ref best)
            : LookAtEach(known, choices, state.Query.Pairs, ref best);
    }

    private int TryEachChoice(int known, ReadOnlySpan<Choice> choices, Span<int> values, ReadOnlySpan<QueryPair> sent, ref Candidate best)
    {
        Span<int> chosen = stackalloc int[_keys.Length];
        chosen.Clear();
        int most = 0;
        while (true)
        {
            int matches = BestSubset(known, values, out Candidate found);
            if (matches > most || (matches == most && found.Rank < best.Rank))
            {
                most = matches;
                best = found;
            }

            // The next choice, as the next number is found: from one place to the next for as long as there is a carry.
            int rest = known;
            for (; rest != 0; rest &= rest - 1)
            {
                int position = BitOperations.TrailingZeroCount(rest);
                chosen[position] = chosen[position] + 1 < choices[position].Count ? chosen[position] + 1 : 0;
                values[position] = sent[choices[position].First + chosen[position]].Value;
                if (chosen[position] > 0)
                {
                    break;
                }
            }

            if (rest == 0)
            {
                return most;
            }
        }
    }

    private int LookAtEach(int known, ReadOnlySpan<Choice> choices, ReadOnlySpan<QueryPair> sent, ref Candidate best)
    {
        int all = BitOperations.PopCount((uint)known);
        int most = 0;
        foreach (Candidate candidate in _candidates)
        {
            int matches = 0;
            for (int rest = known; rest != 0; rest &= rest - 1)
            {
                int position = BitOperations.TrailingZeroCount(rest);
                Choice choice = choices[position];
                QueryPair pair = candidate.Query.Pairs[position];
                int found = QueryPair.Seek(sent[..choice.End], pair, choice.First);
                matches += found < choice.End && sent[found] == pair ? 1 : 0;
            }

            if (matches > most)
            {
                most = matches;
                best = candidate;
                if (most == all)
                {
                    break;
                }
            }
        }

        return most;
    }

    /// <summary>A well mixed hash of the values at the places of a subset; <see cref="Find"/> compares the values themselves.</summary>
    private ulong Hash(int subset, ReadOnlySpan<int> values)
    {
        ulong hash = ((uint)subset + (_seed << 32) + 1) * 0x9E3779B97F4A7C15;
        for (int rest = subset; rest != 0; rest &= rest - 1)
        {
            hash = ((hash ^ (hash >> 32)) + (uint)values[BitOperations.TrailingZeroCount(rest)] + 1) * 0xD6E8FEB86659FD93;
        }

        return hash ^ (hash >> 32);
    }

    /// <summary>Where the values that a call has for a key stand among its pairs, those left out that no example has.</summary>
    private readonly record struct Choice(int First, int End)
    {
        internal int Count => End - First;
    }
}
