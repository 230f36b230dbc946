using System.Text.Json;
using CsCheck;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;

namespace MockOperator.Runtime.Tests.Bundles;

public sealed class BundleReaderTests : IDisposable
{
    private readonly MountedBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [Theory]
    [InlineData(false, int.MaxValue)]
    [InlineData(true, int.MaxValue)]
    [InlineData(false, 1000)]
    [InlineData(true, 100)]
    public void Parts_are_joined_and_decompressed(bool gzip, int partBytes)
    {
        byte[] collection = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, 5000).Select(static number => number * 7919 % 65537).ToArray());
        _bundle.Publish("r1", MountedBundle.Definition(), collection[..(Math.Min(collection.Length, 60 * 1000))], gzip, Math.Max(partBytes, gzip ? 400 : 1000));
        var complete = Assert.IsType<BundleReading.Complete>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
        Assert.Equal(collection[..Math.Min(collection.Length, 60 * 1000)], complete.Bundle.Collection!.Value.ToArray());
        Assert.Equal("petstore", complete.Bundle.Definition.Name);
    }

    [Fact]
    public void A_document_of_thirty_megabytes_is_read()
    {
        byte[] collection = new byte[30_000_000];
        collection.AsSpan().Fill((byte)' ');
        _bundle.Publish("r1", MountedBundle.Definition(), collection, gzip: true);
        var complete = Assert.IsType<BundleReading.Complete>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
        Assert.Equal(collection.Length, complete.Bundle.Collection!.Value.Length);
    }

    [Fact]
    public void A_compression_bomb_is_given_up_at_the_announced_size()
    {
        byte[] bomb = MountedBundle.Compress(new byte[50_000_000]);
        Write(new BundleEntry { Name = BundleIndex.DefinitionFile, Gzip = true, Length = 100, Parts = [Part("p", bomb)] }, ("p", bomb));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var broken = Assert.IsType<BundleReading.Broken>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
        Assert.Contains("100 bytes", broken.Problem, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5_000_000);
    }

    [Fact]
    public void A_length_above_the_bound_takes_no_memory()
    {
        Write(new BundleEntry { Name = BundleIndex.DefinitionFile, Length = long.MaxValue, Parts = [Part("p", [])] }, ("p", []));
        Assert.IsType<BundleReading.Broken>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("..data")]
    [InlineData("")]
    public void A_part_never_leads_out_of_the_directory(string file)
    {
        Write(new BundleEntry { Name = BundleIndex.DefinitionFile, Length = 2, Parts = [new BundlePart { File = file, Sha256 = new string('0', 64) }] });
        var incomplete = Assert.IsType<BundleReading.Incomplete>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
        Assert.Contains("no file name", incomplete.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_missing_is_waited_for_though_what_is_there_does_not_decompress()
    {
        byte[] packed = MountedBundle.Compress("{\"name\":\"petstore\"}"u8.ToArray());
        Write(new BundleEntry { Name = BundleIndex.DefinitionFile, Gzip = true, Length = 19, Parts = [Part("a", packed[..12]), Part("b", packed[12..])] }, ("a", packed[..12]));
        var incomplete = Assert.IsType<BundleReading.Incomplete>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
        Assert.Contains("b is missing", incomplete.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_is_let_go_of_before_the_next_is_read()
    {
        byte[][] parts = [.. Enumerable.Range(0, 6).Select(static part => new byte[100_000 + part])];
        var entry = new BundleEntry
        {
            Name = BundleIndex.CollectionFile,
            Length = parts.Sum(static part => part.Length),
            Parts = [.. parts.Select(static (part, number) => Part($"p{number}", part))],
        };
        var files = new ShortLivedFiles(JsonSerializer.SerializeToUtf8Bytes(new BundleIndex { FormatVersion = 1, Revision = "r", Entries = [entry] }, RuntimeJson.Default.BundleIndex), parts);
        BundleReader.Read(files);
        Assert.Equal((6, 0), (files.Reads, files.MostAlive));
    }

    [Fact]
    public void A_part_with_another_hash_makes_the_bundle_incomplete()
    {
        Write(new BundleEntry { Name = BundleIndex.DefinitionFile, Length = 2, Parts = [Part("p", "{}"u8.ToArray())] }, ("p", "[]"u8.ToArray()));
        Assert.IsType<BundleReading.Incomplete>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"formatVersion\": 2}")]
    [InlineData("{\"entries\": 1}")]
    [InlineData("{\"formatVersion\": 1}")]
    [InlineData("{\"entries\":[{\"name\":\"mock.json\",\"length\":2,\"parts\":[]}]}")]
    public void An_index_that_is_none_is_a_problem_with_words(string index)
    {
        _bundle.Swap(_bundle.BundlePath, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [BundleIndex.FileName] = System.Text.Encoding.UTF8.GetBytes(index) });
        var broken = Assert.IsType<BundleReading.Broken>(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
        Assert.NotEmpty(broken.Problem);
    }

    [Fact]
    public void A_plain_directory_works_too()
    {
        _bundle.Publish("r1", "hello");
        string plain = Path.Combine(_bundle.SecretsPath, "plain");
        Directory.CreateDirectory(plain);
        foreach (string file in Directory.EnumerateFiles(_bundle.BundlePath))
        {
            File.Copy(file, Path.Combine(plain, Path.GetFileName(file)));
        }

        Assert.IsType<BundleReading.Complete>(BundleReader.Read(new MountedFiles(plain)));
    }

    [Fact]
    public void No_index_makes_it_throw()
    {
        _bundle.Publish("r1", "hello");
        byte[] good = File.ReadAllBytes(Path.Combine(_bundle.BundlePath, BundleIndex.FileName));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample(
            (position, value, length) =>
            {
                byte[] index = good[..];
                index[position] = value;
                File.WriteAllBytes(Path.Combine(_bundle.BundlePath, BundleIndex.FileName), index.AsSpan(0, length));
                Assert.NotNull(BundleReader.Read(new MountedFiles(_bundle.BundlePath)));
            },
            threads: 1);
    }

    private static BundlePart Part(string file, byte[] bytes) => new() { File = file, Sha256 = MountedBundle.Hash(bytes) };

    private void Write(BundleEntry entry, params (string Name, byte[] Bytes)[] files)
    {
        var all = files.ToDictionary(static file => file.Name, static file => file.Bytes, StringComparer.Ordinal);
        all[BundleIndex.FileName] = JsonSerializer.SerializeToUtf8Bytes(new BundleIndex { Revision = "r", Entries = [entry] }, RuntimeJson.Default.BundleIndex);
        _bundle.Swap(_bundle.BundlePath, all);
    }
}
