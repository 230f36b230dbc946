using System.IO.Compression;
using MockOperator.Fuzzing.Engine;
using MockOperator.Mocking.Serving;
using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Control;

namespace MockOperator.Fuzzing.Targets;

/// <summary>
/// What a bundle holds, with hashes that fit: a definition, a line <c>---</c> and a collection. A first byte of <c>z</c> says that the collection is compressed, <c>Z</c> that it is said to be;
/// <c>f</c> that the rest is frames as they travel.
/// </summary>
internal sealed class BundleTarget : FuzzTarget
{
    private const string TokenHash = "0000000000000000000000000000000000000000000000000000000000000000";
    private readonly string _secrets = Directory.CreateTempSubdirectory("fuzz-secrets-").FullName;

    /// <inheritdoc/>
    public override string Name => "bundle";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words => ["\n---\n", "\"secretDirectory\":\"../..\"", "\"secretDirectory\":\"a\\u0000b\"", "\"secretPostmanEnvironment\":\"a/b\"", "\"formatVersion\":", "\"entries\":[", "\"parts\":[", "\"file\":\"../x\"", "\"sha256\":", "\"length\":"];

    /// <inheritdoc/>
    public override long MostAllocated(int length) => (2048L * 1024 * 1024) + (1024L * 1024 * length);

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        byte[] definition = SeedFiles.Text("""{"name":"n","namespace":"s","environment":[{"variables":{"a":"b"}},{"secretDirectory":"env-0"},{"secretPostmanEnvironment":"env-1/x.json"}],"access":{"private":false,"secretDirectory":"keys"}}""");
        byte[] plain = SeedFiles.Text("""{"name":"n","namespace":"s"}""");
        foreach (byte[] collection in SeedFiles.Corpus("*collection.json"))
        {
            yield return [(byte)'p', .. plain, .. "\n---\n"u8, .. collection];
            yield return [(byte)'z', .. plain, .. "\n---\n"u8, .. collection];
        }

        yield return [(byte)'p', .. definition, .. "\n---\n{}"u8];
        yield return [(byte)'Z', .. plain, .. "\n---\n"u8, .. Compress("{\"item\":[]}"u8.ToArray())];
        (byte[] index, List<byte[]> parts) = BundleFrames.Pack("r1", TokenHash, SeedFiles.Text("""{"name":"n","examples":[{"request":{"path":"/"}}]}"""));
        yield return [(byte)'f', .. BundleFrames.Join([index, .. parts])];
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        if (Unpack(input) is { } files && BundleReader.Read(files) is BundleReading.Complete complete)
        {
            _ = BundleReader.ReadRevision(files);
            Serve(complete.Bundle);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Directory.Delete(_secrets, recursive: true);
        base.Dispose();
    }

    private void Serve(Bundle bundle)
    {
        if (!SecretVariables.TryMerge(bundle.Definition.Environment, _secrets, out IReadOnlyDictionary<string, string>? environment, out _))
        {
            return;
        }

        ApiKeyRing keys = ApiKeyDirectory.Read(_secrets, bundle.Definition.Access?.SecretDirectory ?? AccessDefinition.DefaultSecretDirectory);
        if (ContentCompiler.Compile(bundle.Index.Revision, bundle.Definition, bundle.Collection, environment, keys, StillTime.Instance) is ContentReading.Usable usable)
        {
            MockPlan plan = usable.Content.Plan;
            Promises.Answer(plan, plan, new MadeUpRequest("GET", "/", HeaderTable.None, default));
        }
    }

    private static PushedFiles? Unpack(byte[] input)
    {
        if (input.Length == 0 || input[0] == 'f')
        {
            return new BundleBody(new MemoryStream(input.Length == 0 ? [] : input[1..])).ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Files;
        }

        ReadOnlySpan<byte> rest = input.AsSpan(1);
        int end = rest.IndexOf("\n---\n"u8);
        byte[] definition = (end < 0 ? rest : rest[..end]).ToArray();
        byte[]? collection = end < 0 ? null : rest[(end + 5)..].ToArray();
        bool isCompressed = input[0] == 'z' && collection is not null;
        (byte[] index, List<byte[]> parts) = BundleFrames.Pack(
            "r1", TokenHash, definition, isCompressed ? Compress(collection!) : collection, isCompressed ? collection!.Length : null, input[0] is (byte)'z' or (byte)'Z');
        return new BundleBody(new MemoryStream(BundleFrames.Join([index, .. parts]))).ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Files;
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
}
