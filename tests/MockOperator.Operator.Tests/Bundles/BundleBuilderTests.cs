using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using k8s.Models;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Tests.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Bundles;

public sealed class BundleBuilderTests
{
    private static readonly MockDefinition s_definition = new() { Name = "petstore", Namespace = "demo" };
    private static readonly string s_tokenHash = new('a', 64);

    [Fact]
    public void A_small_bundle_is_one_readable_ConfigMap()
    {
        Bundle bundle = Build("""{"item":[]}""");

        V1ConfigMap map = Assert.Single(Maps(bundle));
        Assert.Equal("petstore-mock-bundle", map.Metadata.Name);
        Assert.Equal(["collection.json", "index.json", "mock.json"], map.Data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("""{"item":[]}""", map.Data["collection.json"]);
        Assert.Null(map.BinaryData);
        Assert.Equal(bundle.Revision, map.Metadata.Annotations["mockoperator.dev/revision"]);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        string large = Noise(2_000_000, seed: 1);

        Assert.Equal(JsonSerializer.Serialize(Maps(Build(large))), JsonSerializer.Serialize(Maps(Build(large))));
    }

    [Fact]
    public void A_large_bundle_is_compressed_and_split_below_the_limit_of_a_ConfigMap()
    {
        Bundle bundle = Build(Noise(8_000_000, seed: 2));

        Assert.True(bundle.Groups.Count > 1);
        Assert.All(Maps(bundle), static map => Assert.InRange(SizeOf(map), 1, 1024 * 1024));
        Assert.Equal("petstore-mock-bundle", Maps(bundle)[^1].Metadata.Name);
        Assert.Equal(["petstore-mock-bundle-1", "petstore-mock-bundle-2"], Maps(bundle).Take(2).Select(static map => map.Metadata.Name));
    }

    [Fact]
    public void What_was_packed_can_be_unpacked_by_the_index() =>
        Gen.Int[0, 3_000_000].Sample(
            size =>
            {
                string document = Noise(size, seed: size);

                Assert.Equal(document, Encoding.UTF8.GetString(Unpack(Build(document), BundleIndex.CollectionFile)));
            },
            iter: 12);

    [Fact]
    public void Bytes_that_are_not_text_survive()
    {
        byte[] broken = [0x7b, 0xff, 0xfe, 0x00, 0x7d];

        Bundle bundle = BundleBuilder.Build(s_definition, BundleDocument.Of(broken), s_tokenHash);

        Assert.Equal(broken, Unpack(bundle, BundleIndex.CollectionFile));
    }

    [Fact]
    public void The_revision_follows_definition_collection_and_token()
    {
        string revision = Build("{}").Revision;

        Assert.Equal(16, revision.Length);
        Assert.NotEqual(revision, Build("{ }").Revision);
        Assert.NotEqual(revision, BundleBuilder.Build(s_definition with { Seed = 1 }, BundleDocument.Of("{}"u8.ToArray()), s_tokenHash).Revision);
        Assert.NotEqual(revision, BundleBuilder.Build(s_definition, BundleDocument.Of("{}"u8.ToArray()), new string('b', 64)).Revision);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 8)]
    [InlineData(64, 64)]
    public void Room_grows_by_doubling(int configMaps, int slots) => Assert.Equal(slots, BundleSlots.RoomFor(configMaps));

    private static Bundle Build(string document) => BundleBuilder.Build(s_definition, BundleDocument.Of(Encoding.UTF8.GetBytes(document)), s_tokenHash);

    private static IReadOnlyList<V1ConfigMap> Maps(Bundle bundle) => BundleConfigMaps.Build(Mocks.Petstore, bundle, [.. Enumerable.Range(1, bundle.Parts.Count)]);

    private static string Noise(int length, int seed)
    {
        byte[] bytes = new byte[length / 2];
        new Random(seed).NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    private static int SizeOf(V1ConfigMap map) => (map.Data?.Values.Sum(Encoding.UTF8.GetByteCount) ?? 0) + (map.BinaryData?.Values.Sum(static bytes => bytes.Length) ?? 0);

    private static byte[] Unpack(Bundle bundle, string name)
    {
        Dictionary<string, byte[]> files = Maps(bundle).SelectMany(Files).ToDictionary(StringComparer.Ordinal);
        BundleIndex index = JsonSerializer.Deserialize(files[BundleIndex.FileName], RuntimeJson.Default.BundleIndex)!;
        Assert.Equal(bundle.Revision, index.Revision);
        BundleEntry entry = index.Entries.Single(candidate => candidate.Name == name);
        Assert.All(entry.Parts, part => Assert.Equal(part.Sha256, Convert.ToHexStringLower(SHA256.HashData(files[part.File]))));
        byte[] joined = [.. entry.Parts.SelectMany(part => files[part.File])];
        if (entry.Gzip)
        {
            var expanded = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(joined), CompressionMode.Decompress);
            gzip.CopyTo(expanded);
            joined = expanded.ToArray();
        }

        Assert.Equal(entry.Length, joined.Length);
        return joined;
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Files(V1ConfigMap map) =>
        (map.BinaryData ?? new Dictionary<string, byte[]>(StringComparer.Ordinal))
            .Concat((map.Data ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(static pair => KeyValuePair.Create(pair.Key, Encoding.UTF8.GetBytes(pair.Value))));
}
