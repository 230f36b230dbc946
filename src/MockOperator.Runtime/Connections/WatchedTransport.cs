using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// The two directions of a connection, watched: a read or a write that cannot be done at once waits for the client; taking what was read, or writing, means that there is
/// something to do. Nothing else is changed.
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

    private sealed class Reader(PipeReader socket, ConnectionSeat seat, bool hops) : PipeReader
    {
        public override bool TryRead(out ReadResult result) => socket.TryRead(out result);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            ValueTask<ReadResult> read = socket.ReadAsync(cancellationToken);
            if (read.IsCompleted)
            {
                return read;
            }

            seat.Wait();
            return hops ? HopAfter(read, seat) : read;
        }

        public override void AdvanceTo(SequencePosition consumed)
        {
            seat.Work();
            socket.AdvanceTo(consumed);
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            seat.Work();
            socket.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => socket.CancelPendingRead();

        public override void Complete(Exception? exception = null) => socket.Complete(exception);
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
