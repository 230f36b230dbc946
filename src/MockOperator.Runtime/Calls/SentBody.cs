namespace MockOperator.Runtime.Calls;

/// <summary>The body of an answer, wherever its bytes are.</summary>
internal readonly struct SentBody
{
    private readonly ReadOnlyMemory<byte> _whole;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>>? _pages;

    /// <summary>A body that exists already.</summary>
    public SentBody(ReadOnlyMemory<byte> whole)
    {
        _whole = whole;
        Length = whole.Length;
    }

    /// <summary>A body that was made for this answer.</summary>
    public SentBody(IReadOnlyList<ReadOnlyMemory<byte>> pages, long length)
    {
        _pages = pages;
        Length = length;
    }

    /// <summary>Its length.</summary>
    public long Length { get; }

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
