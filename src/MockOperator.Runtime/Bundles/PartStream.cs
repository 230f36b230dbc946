using MockOperator.Resources;
using MockOperator.Runtime.Hashing;

namespace MockOperator.Runtime.Bundles;

/// <summary>
/// The parts of an entry one after the other, each checked against the index when its turn comes. One part is held at a time: all of them, joined, and what they
/// decompress to would be a quarter more than the document.
/// </summary>
/// <param name="files">Where the parts are.</param>
/// <param name="entry">The entry.</param>
internal sealed class PartStream(IBundleFiles files, BundleEntry entry) : Stream
{
    private byte[] _part = [];
    private int _position;
    private int _next;

    /// <summary>Why the stream has ended early: a part is missing or not the one that the index names; null when none is.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_position == _part.Length)
        {
            if (!TryOpenNext())
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _part.Length - _position);
        _part.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Checks the parts that nobody has read, up to the first that is wrong.</summary>
    public void CheckRest()
    {
        while (TryOpenNext())
        {
            // Opening it has checked it.
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static bool IsFileName(string name) => name.Length > 0 && name == Path.GetFileName(name) && !name.StartsWith("..", StringComparison.Ordinal);

    private bool TryOpenNext()
    {
        if (Problem is not null || _next == entry.Parts.Count)
        {
            return false;
        }

        BundlePart part = entry.Parts[_next++];
        string name = part?.File ?? "";
        if (!IsFileName(name))
        {
            Problem = $"'{name}' is no file name.";
            return false;
        }

        _part = [];
        _position = 0;
        if (!files.TryRead(name, out byte[]? bytes, out string? problem))
        {
            Problem = problem;
            return false;
        }

        if (!Sha256Digest.TryParse(part!.Sha256, out Sha256Digest expected) || !Sha256Digest.Of(bytes).Equals(expected))
        {
            Problem = $"{name} is not yet the part that index.json names.";
            return false;
        }

        _part = bytes;
        return true;
    }
}
