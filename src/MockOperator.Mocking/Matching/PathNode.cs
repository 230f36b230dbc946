using System.Runtime.InteropServices;

namespace MockOperator.Mocking.Matching;

/// <summary>A node of a <see cref="PathTrie"/>: the paths that share their first segments.</summary>
internal sealed class PathNode
{
    private readonly Dictionary<string, PathNode> _literals = new(StringComparer.Ordinal);
    private readonly List<(string Suffix, PathNode Node)> _suffixes = [];
    private readonly List<(int Trailing, List<Candidate> Candidates)> _ends = [];
    private (string Text, PathNode Node)[] _byLength = [];
    private int[] _firstOfLength = [];
    private (int Trailing, CandidateGroup Group)[] _groups = [];

    /// <summary>Where any segment but an empty one leads.</summary>
    internal PathNode? Wildcard { get; private set; }

    /// <summary>Where an id leads.</summary>
    internal PathNode? Id { get; private set; }

    /// <summary>Where a segment with this suffix leads.</summary>
    internal ReadOnlySpan<(string Suffix, PathNode Node)> Suffixes => CollectionsMarshal.AsSpan(_suffixes);

    /// <summary>Examples whose path ends here, by number of trailing slashes; −1 when those do not count.</summary>
    internal ReadOnlySpan<(int Trailing, CandidateGroup Group)> Groups => _groups;

    /// <summary>Where a literal segment leads; null when no path goes there.</summary>
    internal PathNode? Literal(ReadOnlySpan<char> segment) =>
        _literals.Count > 0 && _literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out PathNode? node) ? node : null;

    /// <summary>Literal segments of these lengths, for the last resort.</summary>
    internal ReadOnlySpan<(string Text, PathNode Node)> LiteralsOfLength(int shortest, int longest)
    {
        int first = FirstOfLength(shortest);
        return _byLength.AsSpan(first, FirstOfLength(longest + 1) - first);
    }

    /// <summary>The node behind a literal segment, made when it does not exist. Only while compiling.</summary>
    internal PathNode AddLiteral(string segment)
    {
        if (!_literals.TryGetValue(segment, out PathNode? node))
        {
            node = new PathNode();
            _literals.Add(segment, node);
        }

        return node;
    }

    /// <summary>The node behind a wildcard, made when it does not exist. Only while compiling.</summary>
    internal PathNode AddWildcard(string suffix)
    {
        if (suffix.Length == 0)
        {
            return Wildcard ??= new PathNode();
        }

        foreach ((string known, PathNode existing) in _suffixes)
        {
            if (known == suffix)
            {
                return existing;
            }
        }

        var node = new PathNode();
        _suffixes.Add((suffix, node));
        return node;
    }

    /// <summary>The node behind an id, made when it does not exist. Only while compiling.</summary>
    internal PathNode AddId() => Id ??= new PathNode();

    /// <summary>Lets a path end here. Only while compiling.</summary>
    internal void AddEnd(int trailing, Candidate candidate)
    {
        foreach ((int known, List<Candidate> candidates) in _ends)
        {
            if (known == trailing)
            {
                candidates.Add(candidate);
                return;
            }
        }

        _ends.Add((trailing, [candidate]));
    }

    /// <summary>Groups what was added, here and below. Ends the compiling.</summary>
    internal void Complete()
    {
        _groups = [.. _ends.Select(static end => (end.Trailing, new CandidateGroup(end.Candidates)))];
        _ends.Clear();
        _byLength = [.. _literals.Select(static pair => (pair.Key, pair.Value)).OrderBy(static pair => pair.Key.Length).ThenBy(static pair => pair.Key, StringComparer.Ordinal)];
        _firstOfLength = CountByLength();
        foreach ((_, PathNode node) in _byLength)
        {
            node.Complete();
        }

        foreach ((_, PathNode node) in _suffixes)
        {
            node.Complete();
        }

        Wildcard?.Complete();
        Id?.Complete();
    }

    private int FirstOfLength(int length) => _firstOfLength.Length == 0 ? 0 : _firstOfLength[Math.Clamp(length, 0, _firstOfLength.Length - 1)];

    /// <summary>Number of literal segments shorter than each length, so that those of a length are found at once.</summary>
    private int[] CountByLength()
    {
        if (_byLength.Length == 0)
        {
            return [];
        }

        int[] first = new int[_byLength[^1].Text.Length + 2];
        foreach ((string text, _) in _byLength)
        {
            first[text.Length + 1]++;
        }

        for (int length = 1; length < first.Length; length++)
        {
            first[length] += first[length - 1];
        }

        return first;
    }
}
