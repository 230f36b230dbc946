using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Runtime.Tests.Bundles;

/// <summary>A bundle volume and a secrets volume as the kubelet presents them: files are links through <c>..data</c>, which is swapped atomically.</summary>
internal sealed class MountedBundle : IDisposable
{
    public const string Token = "a token for tests";
    private readonly string _root = Directory.CreateTempSubdirectory("bundle").FullName;
    private int _version;

    public MountedBundle()
    {
        Directory.CreateDirectory(BundlePath);
        Directory.CreateDirectory(SecretsPath);
    }

    public string BundlePath => Path.Combine(_root, "bundle");

    public string SecretsPath => Path.Combine(_root, "secrets");

    public static string TokenHash => Hash(Encoding.UTF8.GetBytes(Token));

    public static MockDefinition Definition(params ExampleSpec[] examples) => new() { Name = "petstore", Namespace = "shop", Examples = examples };

    public static ExampleSpec Example(string path, string body, int status = 200) => new()
    {
        Name = path,
        Request = new ExampleRequestSpec { Method = "GET", Path = path },
        Response = new ExampleResponseSpec { Status = status, Body = body, Headers = [new() { Name = "Content-Type", Value = "text/plain" }] },
    };

    /// <summary>Publishes a mock that answers <c>GET /</c> with a text.</summary>
    public void Publish(string revision, string body) => Publish(revision, Definition(Example("/", body)));

    public void Publish(string revision, MockDefinition definition, byte[]? collection = null, bool gzip = false, int partBytes = int.MaxValue) =>
        Swap(BundlePath, Pack(revision, definition, collection, gzip, partBytes));

    /// <summary>The files of a bundle, the index first and then the parts in its order.</summary>
    public static OrderedDictionary<string, byte[]> Pack(string revision, MockDefinition definition, byte[]? collection = null, bool gzip = false, int partBytes = int.MaxValue)
    {
        var files = new OrderedDictionary<string, byte[]>(StringComparer.Ordinal) { [BundleIndex.FileName] = [] };
        var entries = new List<BundleEntry>
        {
            Entry(files, BundleIndex.DefinitionFile, JsonSerializer.SerializeToUtf8Bytes(definition, RuntimeJson.Default.MockDefinition), gzip, partBytes),
        };
        if (collection is not null)
        {
            entries.Add(Entry(files, BundleIndex.CollectionFile, collection, gzip, partBytes));
        }

        var index = new BundleIndex { Revision = revision, ControlTokenHash = TokenHash, Entries = entries };
        files[BundleIndex.FileName] = JsonSerializer.SerializeToUtf8Bytes(index, RuntimeJson.Default.BundleIndex);
        return files;
    }

    public void PublishSecret(string directory, params (string Name, string Value)[] entries)
    {
        string path = Path.Combine(SecretsPath, directory);
        Directory.CreateDirectory(path);
        Swap(path, entries.ToDictionary(static entry => entry.Name, static entry => Encoding.UTF8.GetBytes(entry.Value), StringComparer.Ordinal));
    }

    /// <summary>Replaces all files of a volume at once, as the kubelet's atomic writer does.</summary>
    public void Swap(string volume, IReadOnlyDictionary<string, byte[]> files)
    {
        string version = string.Create(CultureInfo.InvariantCulture, $"..2026_11_22_{_version++}");
        string? before = new FileInfo(Path.Combine(volume, "..data")).LinkTarget;
        Directory.CreateDirectory(Path.Combine(volume, version));
        foreach ((string name, byte[] bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(volume, version, name), bytes);
            string link = Path.Combine(volume, name);
            if (!File.Exists(link))
            {
                File.Delete(link);
                File.CreateSymbolicLink(link, Path.Combine("..data", name));
            }
        }

        string fresh = Path.Combine(volume, "..data_tmp");
        File.CreateSymbolicLink(fresh, version);
        Assert.Equal(0, Rename(fresh, Path.Combine(volume, "..data")));
        if (before is not null)
        {
            Directory.Delete(Path.Combine(volume, before), recursive: true);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>rename(2): the framework has no atomic replacement of a link to a directory.</summary>
    [DllImport("libc", EntryPoint = "rename", CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    private static BundleEntry Entry(OrderedDictionary<string, byte[]> files, string name, byte[] bytes, bool gzip, int partBytes)
    {
        byte[] stored = gzip ? Compress(bytes) : bytes;
        var parts = new List<BundlePart>();
        for (int start = 0; start == 0 || start < stored.Length; start += Math.Min(partBytes, stored.Length - start + 1))
        {
            byte[] part = stored[start..(int)Math.Min(stored.Length, (long)start + partBytes)];
            string file = string.Create(CultureInfo.InvariantCulture, $"{name}.{parts.Count:000}");
            files[file] = part;
            parts.Add(new BundlePart { File = file, Sha256 = Hash(part) });
            if (partBytes >= stored.Length)
            {
                break;
            }
        }

        return new BundleEntry { Name = name, Gzip = gzip, Length = bytes.Length, Parts = parts };
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
