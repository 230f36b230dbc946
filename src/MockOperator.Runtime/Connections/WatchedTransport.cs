using System.IO.Pipelines;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// The two directions of a connection, watched: a read or a write that cannot be done at once waits for the client; taking what was read, or writing, means that there is
/// something to do. Nothing else is changed.
/// </summary>
internal sealed class WatchedTransport(IDuplexPipe transport, ConnectionSeat seat) : IDuplexPipe
{
    /// <inheritdoc/>
    public PipeReader Input { get; } = new Reader(transport.Input, seat);

    /// <inheritdoc/>
    public PipeWriter Output { get; } = new Writer(transport.Output, seat);

    private sealed class Reader(PipeReader socket, ConnectionSeat seat) : PipeReader
    {
        public override bool TryRead(out ReadResult result) => socket.TryRead(out result);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            ValueTask<ReadResult> read = socket.ReadAsync(cancellationToken);
            if (!read.IsCompleted)
            {
                seat.Wait();
            }

            return read;
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

    private sealed class Writer(PipeWriter socket, ConnectionSeat seat) : PipeWriter
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
            if (!flush.IsCompleted)
            {
                seat.Wait();
            }

            return flush;
        }

        public override void CancelPendingFlush() => socket.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => socket.Complete(exception);
    }
}
