using System.IO.Compression;
using System.Text;
using k8s.Models;
using MockOperator.Operator.Content;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Content;

public sealed class ContentReaderTests
{
    private readonly KnownConfigMaps _maps = new();

    private CancellationToken Cancellation { get; } = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_and_binary_keys_are_read()
    {
        _maps.Add("a", "text", "{}");
        _maps.Add("a", "binary", [1, 2]);

        Assert.Equal("{}"u8.ToArray(), (await ReadAsync("a", "text")).Bytes.ToArray());
        Assert.Equal([1, 2], (await ReadAsync("a", "binary")).Bytes.ToArray());
    }

    [Fact]
    public async Task Parts_are_joined_in_order_before_they_are_decompressed()
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(new string('x', 100_000)));
        _maps.Add("a", "k", packed[..10]);
        _maps.Add("b", "k", packed[10..20]);
        _maps.Add("c", "k", packed[20..]);

        ReferencedContent content = await ReadAsync("a", "k", ("b", "k"), ("c", "k"));

        Assert.Equal(100_000, content.Bytes.Length);
    }

    [Fact]
    public async Task A_bomb_does_not_go_off()
    {
        _maps.Add("a", "k", Gzip(new byte[200 * 1024 * 1024]));

        ReferencedContent content = await ReadAsync("a", "k");

        Assert.Equal("ContentTooLarge", content.Problem!.Reason);
    }

    [Fact]
    public async Task A_missing_part_is_named()
    {
        _maps.Add("a", "k", "{");
        _maps.Add("b", "other", "}");

        Assert.Contains("ConfigMap 'gone'", (await ReadAsync("a", "k", ("gone", "k"))).Problem!.Message, StringComparison.Ordinal);
        Assert.Contains("no key 'k'; it has 'other'", (await ReadAsync("a", "k", ("b", "k"))).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_archive_tells_of_parts()
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes(new string('x', 100_000)));
        packed[12] ^= 0xff;
        packed[13] ^= 0xff;
        _maps.Add("a", "k", packed);

        ReferencedContent content = await ReadAsync("a", "k");

        Assert.Equal("ContentCorrupt", content.Problem!.Reason);
        Assert.Contains("parts", content.Problem.Message, StringComparison.Ordinal);
    }

    private Task<ReferencedContent> ReadAsync(string name, string key, params (string Name, string Key)[] parts) =>
        new ContentReader(_maps).ReadAsync(
            "demo",
            new ContentReference { Name = name, Key = key, Parts = [.. parts.Select(static part => new ConfigMapKeyReference { Name = part.Name, Key = part.Key })] },
            Cancellation);

    private static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private sealed class KnownConfigMaps : IConfigMapReader
    {
        private readonly Dictionary<string, V1ConfigMap> _maps = new(StringComparer.Ordinal);

        public void Add(string name, string key, string value) => (Of(name).Data ??= new Dictionary<string, string>(StringComparer.Ordinal))[key] = value;

        public void Add(string name, string key, byte[] value) => (Of(name).BinaryData ??= new Dictionary<string, byte[]>(StringComparer.Ordinal))[key] = value;

        public Task<V1ConfigMap?> ReadAsync(string ns, string name, CancellationToken cancellation) => Task.FromResult(_maps.GetValueOrDefault(name));

        private V1ConfigMap Of(string name) => _maps.TryGetValue(name, out V1ConfigMap? known) ? known : _maps[name] = new V1ConfigMap();
    }
}
