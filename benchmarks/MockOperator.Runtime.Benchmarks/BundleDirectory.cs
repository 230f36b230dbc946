using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>A bundle as the kubelet would mount it, for <c>mock-runtime run</c>.</summary>
internal static class BundleDirectory
{
    /// <summary>Writes it.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="definition">The mock.</param>
    /// <param name="token">Token of the control port.</param>
    public static void Write(string directory, MockDefinition definition, string token)
    {
        string data = Path.Combine(directory, "..1");
        Directory.CreateDirectory(data);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(definition, RuntimeJson.Default.MockDefinition);
        byte[] stored = Compress(text);
        string part = BundleIndex.DefinitionFile + ".000";
        var index = new BundleIndex
        {
            Revision = "r1",
            ControlTokenHash = Hash(Encoding.UTF8.GetBytes(token)),
            Entries = [new BundleEntry { Name = BundleIndex.DefinitionFile, Gzip = true, Length = text.Length, Parts = [new BundlePart { File = part, Sha256 = Hash(stored) }] }],
        };
        File.WriteAllBytes(Path.Combine(data, part), stored);
        File.WriteAllBytes(Path.Combine(data, BundleIndex.FileName), JsonSerializer.SerializeToUtf8Bytes(index, RuntimeJson.Default.BundleIndex));
        File.CreateSymbolicLink(Path.Combine(directory, "..data"), "..1");
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
