using System.Buffers.Binary;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;

namespace MockOperator.Runtime.Tests.Bundles;

/// <summary>Bundles as the operator pushes them.</summary>
internal static class PushedBundle
{
    /// <summary>The body of a push of a mock that answers <c>GET /</c> with a text.</summary>
    public static byte[] Body(string revision, string text) => Body(Files(revision, text));

    /// <summary>The body with these files, in their order.</summary>
    public static byte[] Body(OrderedDictionary<string, byte[]> files)
    {
        using var body = new MemoryStream();
        foreach (byte[] bytes in files.Values)
        {
            WriteFrame(body, (uint)bytes.Length, bytes);
        }

        return body.ToArray();
    }

    /// <summary>A frame that says whatever length.</summary>
    public static void WriteFrame(Stream body, uint length, byte[] bytes)
    {
        Span<byte> head = stackalloc byte[BundleTransfer.LengthBytes];
        BinaryPrimitives.WriteUInt32BigEndian(head, length);
        body.Write(head);
        body.Write(bytes);
    }

    /// <summary>The files of a mock that answers <c>GET /</c> with a text.</summary>
    public static OrderedDictionary<string, byte[]> Files(string revision, string text) =>
        MountedBundle.Pack(revision, MountedBundle.Definition(MountedBundle.Example("/", text)));

    /// <summary>A push as the control port hands it in.</summary>
    public static BundlePush Push(OrderedDictionary<string, byte[]> files, params string[] supersedes)
    {
        var pushed = new PushedFiles(files[BundleIndex.FileName], BundleReader.ParseIndex(files[BundleIndex.FileName])!);
        foreach ((string name, byte[] bytes) in files)
        {
            pushed.Add(name, bytes);
        }

        return new BundlePush(pushed, supersedes);
    }
}
