using System.Buffers;
using System.Text;

namespace MockOperator.Client.Calls;

/// <summary>Reads server-sent events (HTML standard, 9.2.6) and holds no more than one of bounded length: of a longer one it is told that it was there.</summary>
internal sealed class EventStream(Stream stream, int longest)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;
    private bool _lineIsTooLong;
    private bool _afterReturn;

    /// <summary>The next event.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The event; null when the stream ended. An event that the end cuts off is none.</returns>
    public async ValueTask<CallEvent?> NextAsync(CancellationToken cancellationToken)
    {
        string type = "message", field;
        string? id = null;
        var data = new ArrayBufferWriter<byte>();
        bool any = false, tooLong = false;
        while (await LineAsync(cancellationToken))
        {
            if (_line.WrittenCount == 0 && !_lineIsTooLong)
            {
                if (any)
                    return new CallEvent(type, id, tooLong ? default(ReadOnlyMemory<byte>?) : data.WrittenMemory);
                type = "message";
                continue;
            }

            var value = Split(out field);
            switch (field)
            {
                case "event":
                    type = Encoding.UTF8.GetString(value);
                    break;
                case "id":
                    id = Encoding.UTF8.GetString(value);
                    break;
                case "data":
                    tooLong = tooLong || _lineIsTooLong || data.WrittenCount + value.Length + 1 > longest;
                    if (!tooLong)
                    {
                        if (any)
                            data.Write("\n"u8);
                        data.Write(value);
                    }

                    any = true;
                    break;
                default:
                    // A comment, which keeps the connection alive, or something of the future.
                    break;
            }
        }

        return null;
    }

    private ReadOnlySpan<byte> Split(out string field)
    {
        var line = _line.WrittenSpan;
        var colon = line.IndexOf((byte)':');
        field = Encoding.UTF8.GetString(colon < 0 ? line : line[..colon]);
        var value = colon < 0 ? [] : line[(colon + 1)..];
        return value.StartsWith(" "u8) ? value[1..] : value;
    }

    /// <summary>Reads a line into the buffer of lines, as far as there is room; false at the end of the stream.</summary>
    private async ValueTask<bool> LineAsync(CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        _lineIsTooLong = false;
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await stream.ReadAsync(_buffer, cancellationToken);
                if (_end == 0)
                    return false;
            }

            // A line ends with CR, LF or both.
            if (_afterReturn && _buffer[_start] == (byte)'\n')
                _start++;
            _afterReturn = false;
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var piece = length < 0 ? rest : rest[..length];
            var room = Math.Min(piece.Length, longest + 16 - _line.WrittenCount);
            _line.Write(piece[..room]);
            _lineIsTooLong = _lineIsTooLong || room < piece.Length;
            _start += piece.Length;
            if (length < 0)
                continue;
            _afterReturn = _buffer[_start++] == (byte)'\r';
            return true;
        }
    }
}
