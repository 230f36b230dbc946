using System.Buffers.Binary;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;

namespace MockOperator.Runtime.Control;

/// <summary>
/// Reads the body of a push, frame by frame as <see cref="BundleTransfer"/> describes it. Memory is taken for a frame only while all of them together
/// stay below <see cref="BundleTransfer.MaxBytes"/>. Whether the parts are what the index promises is for <see cref="BundleReader"/> to say.
/// </summary>
internal sealed class BundleBody(Stream body)
{
    // An entry that this runtime does not know is passed over, so that there may be some more than the two that it reads.
    private const int MaxParts = 2 * BundleReader.MaxParts;

    private int _left = BundleTransfer.MaxBytes;
    private PushRefusal? _refusal;

    /// <summary>Reads the whole body.</summary>
    /// <returns>The files, or why they cannot be had.</returns>
    /// <exception cref="OperationCanceledException">The time is up, or the sender has left.</exception>
    public async ValueTask<(PushedFiles? Files, PushRefusal? Refusal)> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            PushedFiles? files = await ReadFilesAsync(cancellation);
            return (_refusal is null ? files : null, _refusal);
        }
        catch (BadHttpRequestException broken)
        {
            return (null, broken.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => PushRefusal.TooLarge,
                StatusCodes.Status408RequestTimeout => PushRefusal.TooSlow,
                _ => PushRefusal.Malformed("The body ends before its announced length, or is chunked wrongly."),
            });
        }
        catch (IOException)
        {
            // Nobody reads this: the connection is gone, as it is whenever a newer edit ends the push.
            return (null, PushRefusal.Malformed("The connection was lost."));
        }
    }

    private async ValueTask<PushedFiles?> ReadFilesAsync(CancellationToken cancellation)
    {
        byte[]? indexBytes = await ReadFrameAsync(BundleIndex.FileName, cancellation);
        if (indexBytes is null || ParseIndex(indexBytes) is not { } index)
        {
            return null;
        }

        var files = new PushedFiles(indexBytes, index);
        BundlePart?[] parts = [.. (index.Entries ?? []).SelectMany(static entry => entry?.Parts ?? []).Take(MaxParts + 1)];
        if (parts.Length > MaxParts)
        {
            return Refuse(PushRefusal.Malformed($"{BundleIndex.FileName} names more than {MaxParts} parts."));
        }

        foreach (BundlePart? part in parts)
        {
            string name = part?.File ?? "";
            byte[]? bytes = await ReadFrameAsync(name, cancellation);
            if (bytes is null)
            {
                return null;
            }

            files.Add(name, bytes);
        }

        return await body.ReadAsync(new byte[1], cancellation) == 0
            ? files
            : Refuse(PushRefusal.Malformed($"After the parts that {BundleIndex.FileName} names, more follows."));
    }

    private BundleIndex? ParseIndex(byte[] bytes)
    {
        try
        {
            BundleIndex? index = BundleReader.ParseIndex(bytes);
            if (index?.Revision?.Length is > 0 and <= BundleTransfer.MaxRevisionLength)
            {
                return index;
            }

            Refuse(PushRefusal.Malformed($"{BundleIndex.FileName} has no revision of 1 to {BundleTransfer.MaxRevisionLength} characters."));
        }
        catch (JsonException broken)
        {
            Refuse(PushRefusal.Malformed($"{BundleIndex.FileName} is not what it should be: {broken.Message}"));
        }

        return null;
    }

    private async ValueTask<byte[]?> ReadFrameAsync(string name, CancellationToken cancellation)
    {
        byte[] head = new byte[BundleTransfer.LengthBytes];
        if (!await ReadWholeAsync(head, name, cancellation))
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length > _left)
        {
            Refuse(PushRefusal.TooLarge);
            return null;
        }

        byte[] content = new byte[length];
        return await ReadWholeAsync(content, name, cancellation) ? content : null;
    }

    private async ValueTask<bool> ReadWholeAsync(byte[] buffer, string name, CancellationToken cancellation)
    {
        _left -= buffer.Length;
        if (_left < 0)
        {
            Refuse(PushRefusal.TooLarge);
            return false;
        }

        bool isWhole = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) == buffer.Length;
        if (!isWhole)
        {
            Refuse(PushRefusal.Malformed($"The body ends within {name}."));
        }

        return isWhole;
    }

    private PushedFiles? Refuse(PushRefusal refusal)
    {
        _refusal = refusal;
        return null;
    }
}
