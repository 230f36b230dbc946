using System.Buffers;
using System.IO.Pipelines;
using System.Numerics;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// Reads a request body into memory, bounded by itself and by what all bodies may take together. Memory is taken for what has arrived: an announced length is a
/// promise, not data.
/// </summary>
internal sealed class RequestBody(MemoryBudget budget)
{
    /// <summary>Most bytes of a body: 10 MB.</summary>
    public const int LimitBytes = 10 * 1024 * 1024;

    /// <summary>What is taken when the first byte has arrived.</summary>
    private const int FirstBufferBytes = 4 * 1024;

    /// <summary>Up to here buffers come from the pool, in powers of two; larger ones are as long as they must be, and nobody keeps them afterwards.</summary>
    private const int PooledBytes = 1024 * 1024;

    /// <summary>When so much has been read in one go, others have their turn.</summary>
    private const int TurnBytes = 128 * 1024;

    /// <summary>Most that is read of a refused body so that its sender comes to the answer.</summary>
    private const long MostDiscardedBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan DiscardingTime = TimeSpan.FromSeconds(5);
    private byte[] _buffer = [];
    private int _length;
    private bool _isReleased;

    /// <summary>The body; empty before <see cref="ReadAsync"/> and after <see cref="Release(int)"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _isReleased ? default : Kept;

    /// <summary>What is held of the body: all of it, or what was kept of it.</summary>
    public ReadOnlyMemory<byte> Kept => _buffer.AsMemory(0, _length);

    /// <summary>Whether anything was read of it for this request.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Bytes that were read for this request, released ones too.</summary>
    public long BytesRead { get; set; }

    /// <summary>Reads the whole body.</summary>
    /// <param name="reader">Where it comes from.</param>
    /// <param name="announced">Content-Length, at most <see cref="LimitBytes"/>; null when the body is chunked.</param>
    /// <param name="cancellation">Fires when the client leaves.</param>
    /// <returns>What to answer when it cannot be read; null on success.</returns>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async ValueTask<ErrorAnswer?> ReadAsync(PipeReader reader, long? announced, CancellationToken cancellation)
    {
        IsRead = true;
        int most = (int)Math.Min(announced ?? LimitBytes, LimitBytes);
        int thisTurn = 0;
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellation);
                long total = _length + result.Buffer.Length;
                if (total > LimitBytes)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return ErrorAnswer.BodyTooLarge;
                }

                thisTurn += (int)result.Buffer.Length;
                if (thisTurn > TurnBytes)
                {
                    thisTurn = 0;
                    await Task.Yield();
                }

                if (total > _buffer.Length && !TryGrow((int)total, Math.Max(most, (int)total), isLengthKnown: announced is not null))
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return ErrorAnswer.Overloaded;
                }

                result.Buffer.CopyTo(_buffer.AsSpan(_length));
                _length = (int)total;
                BytesRead = total;
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return null;
                }
            }
        }
        catch (BadHttpRequestException broken)
        {
            return broken.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => ErrorAnswer.BodyTooLarge,
                StatusCodes.Status408RequestTimeout => ErrorAnswer.BodyTimeout,
                _ => ErrorAnswer.InvalidBody,
            };
        }
        catch (IOException broken) when (broken.InnerException is OverflowException)
        {
            // So Kestrel tells of a chunk whose size is too large a number.
            return ErrorAnswer.InvalidBody;
        }
    }

    /// <summary>
    /// Reads the beginning of a body that nothing but the journal looks at. Whatever is wrong with it is no reason to answer anything else: then there is less of it.
    /// </summary>
    /// <param name="reader">Where it comes from.</param>
    /// <param name="most">Most bytes that are kept.</param>
    /// <param name="cancellation">Fires when the client leaves.</param>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async ValueTask ReadBeginningAsync(PipeReader reader, int most, CancellationToken cancellation)
    {
        IsRead = true;
        _isReleased = true;
        try
        {
            while (_length < most)
            {
                ReadResult result = await reader.ReadAsync(cancellation);
                ReadOnlySequence<byte> bytes = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, most - _length));
                int total = _length + (int)bytes.Length;
                if (total > _buffer.Length && !TryGrow(total, most, isLengthKnown: false))
                {
                    reader.AdvanceTo(result.Buffer.Start);
                    return;
                }

                bytes.CopyTo(_buffer.AsSpan(_length));
                _length = total;
                reader.AdvanceTo(bytes.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception broken) when (broken is BadHttpRequestException or IOException { InnerException: OverflowException })
        {
            // The server looks at the rest itself, and ends the connection.
        }
    }

    /// <summary>
    /// Reads what is left of a refused body and drops it, for a while: who closes while the other still sends takes the answer away from it.
    /// </summary>
    public static async Task DiscardAsync(PipeReader reader, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(DiscardingTime, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            long dropped = 0;
            long thisTurn = 0;
            bool isMore = true;
            while (isMore && dropped < MostDiscardedBytes)
            {
                ReadResult result = await reader.ReadAsync(patience.Token);
                dropped += result.Buffer.Length;
                thisTurn += result.Buffer.Length;
                isMore = !result.IsCompleted;
                reader.AdvanceTo(result.Buffer.End);
                if (thisTurn > TurnBytes)
                {
                    thisTurn = 0;
                    await Task.Yield();
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Whoever still sends does not look for an answer.
        }
        catch (Exception broken) when (broken is BadHttpRequestException or IOException { InnerException: OverflowException })
        {
            // It was refused already.
        }
    }

    /// <summary>Gives the memory back, at the end of the request.</summary>
    public void Release()
    {
        GiveBack(_buffer);
        _buffer = [];
        _length = 0;
        _isReleased = false;
        IsRead = false;
    }

    /// <summary>Gives the memory back, but that of the beginning.</summary>
    /// <param name="first">So many bytes are kept, if the budget lets them.</param>
    public void Release(int first)
    {
        int kept = Math.Min(first, _length);
        if (kept == 0)
        {
            GiveBack(_buffer);
            _buffer = [];
        }
        else if (_buffer.Length > FirstBufferBytes && _buffer.Length > 2 * kept)
        {
            byte[] larger = _buffer;
            byte[] smaller = ArrayPool<byte>.Shared.Rent(kept);
            if (budget.TryTake(smaller.Length, smaller.Length))
            {
                larger.AsSpan(0, kept).CopyTo(smaller);
            }
            else
            {
                Discard(smaller);
                (smaller, kept) = ([], 0);
            }

            GiveBack(larger);
            _buffer = smaller;
        }

        _length = kept;
        _isReleased = true;
    }

    private bool TryGrow(int needed, int most, bool isLengthKnown)
    {
        // With a known length the last buffer is taken once a quarter is there: never more than five quarters of a body are held.
        int size = !isLengthKnown ? (int)Math.Min(most, Math.Max(needed, _buffer.Length * 2L))
            : needed > most / 4 ? most
            : (int)Math.Min(most / 4, needed * 4L);
        size = Math.Max(size, Math.Min(most, FirstBufferBytes));
        // Asked before there is a buffer: one for which there is no memory must not take any.
        int taken = size <= PooledBytes ? (int)BitOperations.RoundUpToPowerOf2((uint)size) : size;
        if (!budget.TryTake(taken, taken))
        {
            return false;
        }

        byte[] larger;
        try
        {
            larger = taken <= PooledBytes ? ArrayPool<byte>.Shared.Rent(taken) : GC.AllocateUninitializedArray<byte>(taken);
        }
        catch (OutOfMemoryException)
        {
            // The budgets leave room for it, but perhaps not in one piece.
            budget.Return(taken);
            return false;
        }

        byte[] smaller = _buffer;
        smaller.AsSpan(0, _length).CopyTo(larger);
        _buffer = larger;
        GiveBack(smaller);
        return true;
    }

    private void GiveBack(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            budget.Return(buffer.Length);
            Discard(buffer);
        }
    }

    private static void Discard(byte[] buffer)
    {
        if (buffer.Length <= PooledBytes)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
