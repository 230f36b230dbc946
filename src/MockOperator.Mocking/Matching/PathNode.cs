using System.Runtime.InteropServices;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A node of a <see cref="PathTrie"/>: the paths that share their first segments. There are several for every example, and nearly all lead to one or two others: those
/// are a short array, and only nodes with many have a dictionary.
/// </summary>
internal sealed class PathNode
{
    private const int FewLiterals = 4;

    private Dictionary<string, PathNode>? _literals;
    private List<(string Suffix, PathNode Node)>? _suffixes;
    private List<(int Trailing, List<Candidate> Candidates)>? _ends;
    private (string Text, PathNode Node)[] _byLength = [];
    private ulong[] _letters = [];
    private int[]? _firstOfLength;
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
    internal PathNode? Literal(ReadOnlySpan<char> segment)
    {
        if (_literals is not null)
        {
            return _literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out PathNode? found) ? found : null;
        }

        foreach ((string text, PathNode node) in _byLength)
        {
            if (segment.SequenceEqual(text))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Literal segments of these lengths, for the last resort.</summary>
    /// <param name="shortest">Least length.</param>
    /// <param name="longest">Greatest length.</param>
    /// <param name="letters">What each is made of, when there are many.</param>
    internal ReadOnlySpan<(string Text, PathNode Node)> LiteralsOfLength(int shortest, int longest, out ReadOnlySpan<ulong> letters)
    {
        int first = FirstOfLength(shortest);
        int count = FirstOfLength(longest + 1) - first;
        letters = _letters.Length > 0 ? _letters.AsSpan(first, count) : default;
        return _byLength.AsSpan(first, count);
    }

    /// <summary>The node behind a literal segment, made when it does not exist. Only while compiling.</summary>
    internal PathNode AddLiteral(string segment)
    {
        if (Literal(segment) is { } known)
        {
            return known;
        }

        var node = new PathNode();
        if (_literals is null && _byLength.Length < FewLiterals)
        {
            _byLength = [.. _byLength, (segment, node)];
            return node;
        }

        _literals ??= _byLength.ToDictionary(static pair => pair.Text, static pair => pair.Node, StringComparer.Ordinal);
        _literals.Add(segment, node);
        return node;
    }

    /// <summary>The node behind a wildcard, made when it does not exist. Only while compiling.</summary>
    internal PathNode AddWildcard(string suffix)
    {
        if (suffix.Length == 0)
        {
            return Wildcard ??= new PathNode();
        }

        foreach ((string known, PathNode existing) in Suffixes)
        {
            if (known == suffix)
            {
                return existing;
            }
        }

        var node = new PathNode();
        (_suffixes ??= []).Add((suffix, node));
        return node;
    }

    /// <summary>The node behind an id, made when it does not exist. Only while compiling.</summary>
    internal PathNode AddId() => Id ??= new PathNode();

    /// <summary>Lets a path end here. Only while compiling.</summary>
    internal void AddEnd(int trailing, Candidate candidate)
    {
        if (_groups.Length == 0 && _ends is null)
        {
            // Most paths have one example, and its group is made already.
            _groups = [(trailing, candidate.Alone)];
            return;
        }

        _ends ??= [(_groups[0].Trailing, [_groups[0].Group.Best])];
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
        if (_ends is not null)
        {
            _groups = [.. _ends.Select(static end => (end.Trailing, CandidateGroup.Of(end.Candidates)))];
            _ends = null;
        }

        if (_literals is not null)
        {
            _byLength = [.. _literals.Select(static pair => (pair.Key, pair.Value))];
        }

        Array.Sort(_byLength, static (left, right) =>
            left.Text.Length != right.Text.Length ? left.Text.Length.CompareTo(right.Text.Length) : string.CompareOrdinal(left.Text, right.Text));
        if (_literals is not null)
        {
            _firstOfLength = CountByLength();
            _letters = [.. _byLength.Select(static literal => Letters.Of(literal.Text))];
        }

        foreach ((_, PathNode node) in _byLength)
        {
            node.Complete();
        }

        foreach ((_, PathNode node) in Suffixes)
        {
            node.Complete();
        }

        Wildcard?.Complete();
        Id?.Complete();
    }

    private int FirstOfLength(int length)
    {
        if (_firstOfLength is not null)
        {
            return _firstOfLength[Math.Clamp(length, 0, _firstOfLength.Length - 1)];
        }

        int first = 0;
        while (first < _byLength.Length && _byLength[first].Text.Length < length)
        {
            first++;
        }

        return first;
    }

    /// <summary>Number of literal segments shorter than each length, so that those of a length are found at once.</summary>
    private int[] CountByLength()
    {
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
