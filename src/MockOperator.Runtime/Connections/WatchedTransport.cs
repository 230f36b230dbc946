using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// The two directions of a connection, watched: a read or a write that cannot be done at once waits for the client; taking what was read, or writing, means that there is
/// something to do. What arrives of a head is noted on the way (<see cref="HeadAccount"/>). Nothing else is changed.
/// </summary>
/// <param name="transport">The connection.</param>
/// <param name="seat">Is told.</param>
/// <param name="hops">
/// Whether what follows a wait goes on by the thread pool. That the client was heard is noted before that, on the thread of the socket, so that it counts for nothing how
/// long the pool takes.
/// </param>
internal sealed class WatchedTransport(IDuplexPipe transport, ConnectionSeat seat, bool hops) : IDuplexPipe
{
    /// <inheritdoc/>
    public PipeReader Input { get; } = new Reader(transport.Input, seat, hops);

    /// <inheritdoc/>
    public PipeWriter Output { get; } = new Writer(transport.Output, seat, hops);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<T> HopAfter<T>(ValueTask<T> wait, ConnectionSeat seat)
    {
        T result = await wait.ConfigureAwait(false);
        seat.Work();
        await Task.Yield();
        return result;
    }

    /// <summary>
    /// One read at a time, so that the reader itself is what is waited for: what a wait brings is noted without an object for it.
    /// </summary>
    private sealed class Reader : PipeReader, IValueTaskSource<ReadResult>
    {
        private readonly PipeReader _socket;
        private readonly ConnectionSeat _seat;
        private readonly bool _hops;
        private readonly Action _goOn;
        private ReadOnlySequence<byte> _buffer;
        private ValueTask<ReadResult> _wait;
        private Action<object?>? _continuation;
        private object? _state;

        public Reader(PipeReader socket, ConnectionSeat seat, bool hops)
        {
            _socket = socket;
            _seat = seat;
            _hops = hops;
            _goOn = GoOn;
        }

        public override bool TryRead(out ReadResult result)
        {
            bool isRead = _socket.TryRead(out result);
            if (isRead)
            {
                Note(result);
            }

            return isRead;
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            ValueTask<ReadResult> read = _socket.ReadAsync(cancellationToken);
            if (!read.IsCompleted)
            {
                _seat.Wait();
                if (_hops)
                {
                    return HopAfter(read, _seat);
                }

                _wait = read;
                return new ValueTask<ReadResult>(this, 0);
            }

            if (!read.IsCompletedSuccessfully)
            {
                return read;
            }

            ReadResult result = read.GetAwaiter().GetResult();
            Note(result);
            return new ValueTask<ReadResult>(result);
        }

        public override void AdvanceTo(SequencePosition consumed)
        {
            _seat.Work();
            NoteConsumed(consumed);
            _socket.AdvanceTo(consumed);
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            _seat.Work();
            NoteConsumed(consumed);
            _socket.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => _socket.CancelPendingRead();

        public override void Complete(Exception? exception = null) => _socket.Complete(exception);

        ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
        {
            ValueTask<ReadResult> wait = _wait;
            _wait = default;
            ReadResult result = wait.GetAwaiter().GetResult();
            Note(result);
            return result;
        }

        ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _wait switch
        {
            { IsCompleted: false } => ValueTaskSourceStatus.Pending,
            { IsCompletedSuccessfully: true } => ValueTaskSourceStatus.Succeeded,
            { IsCanceled: true } => ValueTaskSourceStatus.Canceled,
            _ => ValueTaskSourceStatus.Faulted,
        };

        void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _continuation = continuation;
            _state = state;
            _wait.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_goOn);
        }

        private void GoOn()
        {
            (Action<object?> continuation, object? state) = (_continuation!, _state);
            (_continuation, _state) = (null, null);
            continuation(state);
        }

        private void Note(in ReadResult result)
        {
            // Whether or not it is of a head: a body may still be read while its request ends and the next head is expected.
            _buffer = result.Buffer;
            if (_seat.Head.IsOpen)
            {
                _seat.Head.Arrived(_buffer.Length);
            }
        }

        private void NoteConsumed(SequencePosition consumed)
        {
            if (_seat.Head.IsOpen)
            {
                // A head mostly comes alone and whole; then nothing of it needs to be measured.
                _seat.Head.Consumed(consumed.Equals(_buffer.End) ? _buffer.Length : _buffer.Slice(0, consumed).Length);
            }
        }
    }

    private sealed class Writer(PipeWriter socket, ConnectionSeat seat, bool hops) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => socket.CanGetUnflushedBytes;

        public override long UnflushedBytes => socket.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => socket.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => socket.GetSpan(sizeHint);

        public override void Advance(int bytes)
        {
            seat.Work();
            socket.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            ValueTask<FlushResult> flush = socket.FlushAsync(cancellationToken);
            if (flush.IsCompleted)
            {
                return flush;
            }

            seat.WaitForReader();
            return hops ? HopAfter(flush, seat) : flush;
        }

        public override void CancelPendingFlush() => socket.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => socket.Complete(exception);
    }
}
