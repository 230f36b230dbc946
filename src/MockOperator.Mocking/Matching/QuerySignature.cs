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
        Span<int> values = stackalloc int[_keys.Length];
        int present = 0;
        int known = 0;
        ReadOnlySpan<QueryPair> sent = state.Query.Pairs;
        int next = 0;
        for (int position = 0; position < _keys.Length; position++)
        {
            int key = _keys[position];
            while (next < sent.Length && sent[next].Key < key)
            {
                next++;
            }

            if (next == sent.Length || sent[next].Key != key)
            {
                continue;
            }

            if (next + 1 < sent.Length && sent[next + 1].Key == key)
            {
                ConsiderEach(pathScore, bonus, ref state);
                return;
            }

            present++;
            values[position] = sent[next].Value;
            known |= sent[next].Value == Vocabulary.Unknown ? 0 : 1 << position;
        }

        int missing = _keys.Length + state.Query.Count - (2 * present);
        if (state.Rules.IsStrict)
        {
            if (present == _keys.Length && (known & _literals) == _literals && Find(_literals, values) is { } agreeing)
            {
                state.Offer(pathScore + QueryComparison.Adjust(_keys.Length, _keys.Length + state.Query.Count - present, missing) + bonus, agreeing);
            }

            return;
        }

        int wildcards = CountWildcards(sent);
        int literal = BestSubset(known & _literals, values, out Candidate best);
        double adjustment = QueryComparison.Adjust(wildcards + literal, _keys.Length + state.Query.Count - present, missing);
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

    private int CountWildcards(ReadOnlySpan<QueryPair> sent)
    {
        int count = 0;
        if (_literals != (1 << _keys.Length) - 1)
        {
            int next = 0;
            for (int position = 0; position < _keys.Length; position++)
            {
                while (next < sent.Length && sent[next].Key < _keys[position])
                {
                    next++;
                }

                count += next < sent.Length && sent[next].Key == _keys[position] && (_literals & (1 << position)) == 0 ? 1 : 0;
            }
        }

        return count;
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

    private void ConsiderEach(double pathScore, double bonus, ref MatchState state)
    {
        foreach (Candidate candidate in _candidates)
        {
            state.OfferCompared(pathScore, bonus, candidate);
        }
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
}
