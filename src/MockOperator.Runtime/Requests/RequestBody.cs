using System.Buffers;
using System.IO.Pipelines;


namespace MockOperator.Runtime.Requests;

/// <summary>Reads a request body into memory, bounded by itself and by what all bodies may take together.</summary>
internal sealed class RequestBody(BodyBudget budget)
{
    /// <summary>Most bytes of a body: 10 MB.</summary>
    public const int LimitBytes = 10 * 1024 * 1024;

    /// <summary>What is taken before anything has arrived: an announced length is a promise, not data.</summary>
    private const int FirstBufferBytes = 64 * 1024;
    private byte[] _buffer = [];
    private int _length;

    /// <summary>The body; empty before <see cref="ReadAsync"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the whole body.</summary>
    /// <param name="reader">Where it comes from.</param>
    /// <param name="announced">Content-Length; null when the body is chunked.</param>
    /// <param name="cancellation">Fires when the client leaves.</param>
    /// <returns>What to answer when it cannot be read; null on success.</returns>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async ValueTask<ErrorAnswer?> ReadAsync(PipeReader reader, long? announced, CancellationToken cancellation)
    {
        if (announced > LimitBytes)
        {
            return ErrorAnswer.BodyTooLarge;
        }

        if (!TryGrow((int)Math.Min(announced ?? 4096, FirstBufferBytes)))
        {
            return ErrorAnswer.Overloaded;
        }

        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellation);
                long total = _length + result.Buffer.Length;
                if (total > LimitBytes)
                {
                    return ErrorAnswer.BodyTooLarge;
                }

                if (total > _buffer.Length && !TryGrow((int)Math.Min(LimitBytes, Math.Max(total, _buffer.Length * 2L))))
                {
                    return ErrorAnswer.Overloaded;
                }

                result.Buffer.CopyTo(_buffer.AsSpan(_length));
                _length = (int)total;
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return null;
                }
            }
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException broken)
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

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            budget.Return(_buffer.Length);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        _length = 0;
    }

    private bool TryGrow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, 1));
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        byte[] smaller = _buffer;
        smaller.AsSpan(0, _length).CopyTo(larger);
        _buffer = larger;
        if (smaller.Length > 0)
        {
            budget.Return(smaller.Length);
            ArrayPool<byte>.Shared.Return(smaller);
        }

        return true;
    }
}
