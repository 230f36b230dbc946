namespace MockOperator.Mocking.Matching;

/// <summary>
/// The path of a call, decoded once: as sent and folded, cut into segments. The leading slash is no part of it, <c>/</c> is one empty segment, and
/// trailing slashes are counted apart.
/// </summary>
internal readonly ref struct RequestPath
{
    private readonly ReadOnlySpan<int> _ends;

    private RequestPath(ReadOnlySpan<char> exact, ReadOnlySpan<char> folded, ReadOnlySpan<int> ends, int trailing)
    {
        Exact = exact;
        Folded = folded;
        _ends = ends;
        Trailing = trailing;
    }

    /// <summary>The decoded path, trailing slashes included.</summary>
    internal ReadOnlySpan<char> Exact { get; }

    /// <summary><see cref="Exact"/> with its case folded.</summary>
    internal ReadOnlySpan<char> Folded { get; }

    /// <summary>Number of trailing slashes.</summary>
    internal int Trailing { get; }

    /// <summary>Number of segments, at least one, without those that only trailing slashes make.</summary>
    internal int Count => _ends.Length;

    /// <summary>Length of <see cref="Exact"/> without trailing slashes.</summary>
    internal int StrippedLength => _ends[^1];

    /// <summary>The folded path without trailing slashes.</summary>
    internal ReadOnlySpan<char> FoldedStripped => Folded[..StrippedLength];

    /// <summary>A segment, folded.</summary>
    internal ReadOnlySpan<char> FoldedSegment(int index) => Folded[Start(index).._ends[index]];

    /// <summary>A segment as sent.</summary>
    internal ReadOnlySpan<char> ExactSegment(int index) => Exact[Start(index).._ends[index]];

    /// <summary>Length of a segment.</summary>
    internal int LengthOf(int index) => _ends[index] - Start(index);

    /// <summary>Number of slots that <see cref="Read"/> needs for the segments of a target.</summary>
    internal static int CountSegments(ReadOnlySpan<char> path) => path.Count('/') + 1;

    /// <summary>The raw path of a target: without query, fragment, and the scheme and authority of the absolute form (RFC 9112 §3.2.2).</summary>
    internal static ReadOnlySpan<char> RawPath(ReadOnlySpan<char> target)
    {
        int end = target.IndexOfAny('?', '#');
        ReadOnlySpan<char> path = end < 0 ? target : target[..end];
        if (path.Length > 0 && path[0] != '/')
        {
            int scheme = path.IndexOf("://", StringComparison.Ordinal);
            if (scheme > 0)
            {
                path = path[(scheme + 3)..];
                int slash = path.IndexOf('/');
                path = slash < 0 ? default : path[slash..];
            }
        }

        return path.Length > 0 && path[0] == '/' ? path[1..] : path;
    }

    /// <summary>Reads a raw path.</summary>
    /// <param name="path">What <see cref="RawPath"/> returned.</param>
    /// <param name="buffer">Twice as long as the path.</param>
    /// <param name="ends">As long as <see cref="CountSegments"/> says.</param>
    internal static RequestPath Read(ReadOnlySpan<char> path, Span<char> buffer, Span<int> ends)
    {
        ReadOnlySpan<char> exact = path;
        if (path.Contains('%'))
        {
            int length = PercentDecoding.DecodePath(path, buffer);
            exact = buffer[..length];
            buffer = buffer[length..];
        }

        CaseFolding.Fold(exact, buffer);
        ReadOnlySpan<char> folded = buffer[..exact.Length];
        int count = 0;
        for (int index = 0; index < exact.Length; index++)
        {
            if (exact[index] == '/')
            {
                ends[count++] = index;
            }
        }

        ends[count++] = exact.Length;
        int trailing = 0;
        while (count > 1 && ends[count - 1] == ends[count - 2] + 1)
        {
            count--;
            trailing++;
        }

        return new RequestPath(exact, folded, ends[..count], trailing);
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1] + 1;
}
