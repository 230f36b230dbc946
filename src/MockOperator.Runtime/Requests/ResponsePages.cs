using System.Buffers;
using System.Collections;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// An answer that is made for one request, in pages from the pool, bounded by what all such answers may take together. Once that is used up, what is written is dropped
/// and <see cref="IsExhausted"/> says so. Nothing is kept between requests. For one writer, then one reader.
/// </summary>
internal sealed class ResponsePages(MemoryBudget budget) : IBufferWriter<byte>, IReadOnlyList<ReadOnlyMemory<byte>>
{
    private const int FirstPageBytes = 4 * 1024;
    private const int PageBytes = BodySender.SliceBytes;

    // The common answer has one page, which needs no list.
    private List<ReadOnlyMemory<byte>>? _full;
    private byte[] _page = [];
    private int _used;
    private long _held;
    private bool _isDropped;

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Whether something was dropped because the budget is used up.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Number of pages.</summary>
    public int Count => (_full?.Count ?? 0) + (_used > 0 ? 1 : 0);

    /// <summary>A page of what was written.</summary>
    public ReadOnlyMemory<byte> this[int page] => page < (_full?.Count ?? 0) ? _full![page] : _page.AsMemory(0, _used);

    /// <inheritdoc/>
    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator()
    {
        for (int page = 0; page < Count; page++)
        {
            yield return this[page];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if (!_isDropped)
        {
            _used += count;
            Length += count;
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _page.AsMemory(_isDropped ? 0 : _used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives everything back.</summary>
    public void Clear()
    {
        if (_full is not null)
        {
            foreach (ReadOnlyMemory<byte> page in _full)
            {
                System.Runtime.InteropServices.MemoryMarshal.TryGetArray(page, out ArraySegment<byte> segment);
                ArrayPool<byte>.Shared.Return(segment.Array!);
            }

            _full = null;
        }

        if (_page.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_page);
            _page = [];
        }

        budget.Return((int)_held);
        _held = 0;
        _used = 0;
        Length = 0;
        IsExhausted = false;
        _isDropped = false;
    }

    private void Reserve(int sizeHint)
    {
        int wanted = Math.Max(sizeHint, 1);
        if (_isDropped ? _page.Length >= wanted : _page.Length - _used >= wanted)
        {
            return;
        }

        byte[] next = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _page.Length == 0 ? FirstPageBytes : PageBytes));
        if (_isDropped)
        {
            ArrayPool<byte>.Shared.Return(_page);
        }
        else
        {
            if (_page.Length > 0)
            {
                (_full ??= []).Add(_page.AsMemory(0, _used));
            }

            if (budget.TryTake(next.Length, _held + next.Length))
            {
                _held += next.Length;
            }
            else
            {
                IsExhausted = true;
                _isDropped = true;
            }
        }

        _page = next;
        _used = 0;
    }
}
