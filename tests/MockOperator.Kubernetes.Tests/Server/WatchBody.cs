using System.IO.Pipelines;
using System.Text;

namespace MockOperator.Kubernetes.Tests.Server;

/// <summary>The body of a watch, written while it is read.</summary>
internal sealed class WatchBody
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private int _reads;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Complete when the client has opened this watch.</summary>
    public Task WhenOpened => _opened.Task;

    /// <summary>Complete when the client has closed this watch.</summary>
    public Task WhenClosed => _closed.Task;

    public static WatchBody Of(params string[] pieces)
    {
        var body = new WatchBody();
        foreach (var piece in pieces)
            body.Write(piece);
        body.End();
        return body;
    }

    public Stream Opened()
    {
        _opened.TrySetResult();
        return new ClosingStream(_pipe.Reader.AsStream(), () => _closed.TrySetResult(), () => Interlocked.Increment(ref _reads));
    }

    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_pipe.Writer.GetSpan(bytes.Length));
        _pipe.Writer.Advance(bytes.Length);
        _ = _pipe.Writer.FlushAsync().AsTask();
    }

    /// <summary>Writes, and waits until the client has taken it and waits for more.</summary>
    public async Task ReadAsync(string text)
    {
        var reads = Volatile.Read(ref _reads);
        Write(text);
        await Eventually.HoldsAsync(() => Volatile.Read(ref _reads) > reads + (reads == 0 ? 1 : 0), "the client reads on");
    }

    public void End() => _pipe.Writer.Complete();

    public void Break() => _pipe.Writer.Complete(new IOException("Connection reset by peer"));

    private sealed class ClosingStream(Stream inner, Action closed, Action reading) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            reading();
            return inner.ReadAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            closed();
            base.Dispose(disposing);
        }
    }
}
