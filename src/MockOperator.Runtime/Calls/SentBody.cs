using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Calls;

/// <summary>The body of an answer, wherever its bytes are.</summary>
internal readonly struct SentBody
{
    private readonly ReadOnlyMemory<byte> _whole;
    private readonly ResponsePages? _pages;

    /// <summary>A body that exists already.</summary>
    public SentBody(ReadOnlyMemory<byte> whole) => _whole = whole;

    /// <summary>A body that was made for this answer.</summary>
    public SentBody(ResponsePages pages) => _pages = pages;

    /// <summary>Its length.</summary>
    public long Length => _pages?.Length ?? _whole.Length;

    /// <summary>Copies its beginning.</summary>
    public void CopyTo(CallRing ring, int count)
    {
        if (_pages is null)
        {
            ring.Write(_whole.Span[..count]);
            return;
        }

        for (int page = 0; count > 0; page++)
        {
            ReadOnlySpan<byte> bytes = _pages[page].Span;
            bytes = bytes[..Math.Min(count, bytes.Length)];
            ring.Write(bytes);
            count -= bytes.Length;
        }
    }
}
