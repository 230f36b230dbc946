using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MockOperator.Fuzzing.Targets;
using MockOperator.Runtime.Bundles;

namespace MockOperator.Fuzzing.Soak;

/// <summary>A mounted bundle as a kubelet presents it, and the same bundle as it is pushed. Every revision is another 1 MB of examples.</summary>
internal sealed class BundleMount : IDisposable
{
    /// <summary>The token of the control port.</summary>
    public const string Token = "a token for soaking";

    /// <summary>Path of the large answer.</summary>
    public const string LargePath = "/large";

    private const int Examples = 1000;
    private const int BodyLength = 800;
    private const int LargeBodyLength = 256 * 1024;
    private readonly string _root = Directory.CreateTempSubdirectory("soak-").FullName;
    private int _version;

    /// <summary>Makes the directories.</summary>
    public BundleMount()
    {
        Directory.CreateDirectory(BundlePath);
        Directory.CreateDirectory(SecretsPath);
    }

    /// <summary>Where the bundle is mounted.</summary>
    public string BundlePath => Path.Combine(_root, "bundle");

    /// <summary>Where there are no Secrets.</summary>
    public string SecretsPath => Path.Combine(_root, "secrets");

    /// <summary>Number of paths <c>/items/N</c>, each answered by GET and, with a body, by POST.</summary>
    public static int Paths => Examples / 2;

    /// <summary>What <c>GET /items/N</c> is answered with, at its beginning.</summary>
    public static string Answer(string revision, int number) => string.Create(CultureInfo.InvariantCulture, $"{{\"item\":{number},\"revision\":\"{revision}\"");

    /// <summary>Replaces the mounted files at once.</summary>
    public void Mount(string revision)
    {
        (byte[] index, List<byte[]> parts) = Pack(revision);
        string version = string.Create(CultureInfo.InvariantCulture, $"..version_{_version++}");
        string directory = Directory.CreateDirectory(Path.Combine(BundlePath, version)).FullName;
        string data = Path.Combine(BundlePath, "..data");
        string? before = new FileInfo(data).LinkTarget;
        File.WriteAllBytes(Path.Combine(directory, Resources.BundleIndex.FileName), index);
        foreach ((string name, byte[] part) in BundleReader.ParseIndex(index)!.Entries.SelectMany(static entry => entry.Parts).Select(static part => part.File).Zip(parts))
        {
            File.WriteAllBytes(Path.Combine(directory, name), part);
        }

        string fresh = Path.Combine(BundlePath, "..data_tmp");
        File.CreateSymbolicLink(fresh, version);
        if (Rename(fresh, data) != 0)
        {
            throw new IOException($"{data} cannot be replaced.");
        }

        if (before is not null)
        {
            Directory.Delete(Path.Combine(BundlePath, before), recursive: true);
        }
    }

    /// <summary>The body of a push.</summary>
    public static byte[] Push(string revision)
    {
        (byte[] index, List<byte[]> parts) = Pack(revision);
        return BundleFrames.Join([index, .. parts]);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static (byte[] Index, List<byte[]> Parts) Pack(string revision) =>
        BundleFrames.Pack(revision, BundleFrames.Hash(Encoding.UTF8.GetBytes(Token)), """{"name":"soak","namespace":"n","matching":{"body":"Exact"}}"""u8.ToArray(), Collection(revision));

    private static byte[] Collection(string revision)
    {
        var json = new StringBuilder("""{"info":{"name":"soak","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"items","response":[""");
        string filling = new('x', BodyLength);
        for (int number = 0; number < Paths; number++)
        {
            string body = $"{Answer(revision, number)},\"text\":\"{filling}\"}}".Replace("\"", "\\\"", StringComparison.Ordinal);
            json.Append(CultureInfo.InvariantCulture, $"{{\"name\":\"get {number}\",\"code\":200,\"originalRequest\":{{\"method\":\"GET\",\"url\":\"{{{{h}}}}/items/{number}\"}},\"body\":\"{body}\"}},");
            json.Append(CultureInfo.InvariantCulture, $"{{\"name\":\"post {number}\",\"code\":201,\"originalRequest\":{{\"method\":\"POST\",\"url\":\"{{{{h}}}}/items/{number}\",\"body\":{{\"mode\":\"raw\",\"raw\":\"{{\\\"n\\\":{number}}}\"}}}},\"body\":\"{body} {{{{$body 'n'}}}} {{{{$guid}}}}\"}},");
        }

        json.Append(CultureInfo.InvariantCulture, $"{{\"name\":\"large\",\"code\":200,\"originalRequest\":{{\"method\":\"GET\",\"url\":\"{{{{h}}}}{LargePath}\"}},\"body\":\"{new string('y', LargeBodyLength)}\"}}]}}]}}");
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    /// <summary>rename(2): the framework has no atomic replacement of a link to a directory.</summary>
    [DllImport("libc", EntryPoint = "rename", CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
