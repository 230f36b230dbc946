using MockOperator.Runtime.Tests.CommandLine;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class PackCommandTests : IDisposable
{
    private readonly LocalDirectory _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Packed_manifests_are_served_like_the_collection_they_were_made_of()
    {
        // Text that does not compress, so that it takes more than one ConfigMap.
        var random = new Random(1);
        byte[] noise = new byte[2_000_000];
        random.NextBytes(noise);
        string body = Convert.ToHexString(noise);
        string file = _files.Write("big.json", LocalDirectory.Pets.Replace("TEXT", body, StringComparison.Ordinal));
        (int code, string manifests, _) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "big");
        Assert.Equal(0, code);
        Assert.Contains("    parts:", manifests, StringComparison.Ordinal);
        string packed = _files.Write("packed.yaml", manifests);
        int port = ProgramProcess.FreePort();
        await using var process = ProgramProcess.Start("serve", packed, "--port", $"{port}", "--admin-port", "0", "--calls-port", "0");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string served = await process.UntilAsync(client, "/pets", static text => text.Length > 0, Cancel);
        Assert.Equal(body, served);
    }

    [Fact]
    public async Task Packed_manifests_hold_a_mock_and_labels_by_which_leftovers_of_a_larger_packing_are_found()
    {
        string file = _files.Write("pets.json", LocalDirectory.Pets);
        (int code, string manifests, string errors) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "12e4", "--namespace", "shop");
        Assert.Equal(0, code);
        Assert.Equal(["ConfigMap", "Collection", "MockServer"], Lines(manifests, "kind: "));
        Assert.Equal(3, Lines(manifests, "    mockoperator.dev/packed-collection: \"12e4\"").Count());
        string revision = Assert.Single(Lines(manifests, "    mockoperator.dev/packed-revision: ").Distinct(StringComparer.Ordinal)).Trim('"');
        Assert.Contains($"kubectl delete configmaps -l 'mockoperator.dev/packed-collection=12e4,mockoperator.dev/packed-revision!={revision}'", errors, StringComparison.Ordinal);

        _files.Write("pets.json", LocalDirectory.Pets.Replace("TEXT", "other", StringComparison.Ordinal));
        (_, string others, _) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "12e4", "--mock-server", "false");
        Assert.Equal(["ConfigMap", "Collection"], Lines(others, "kind: "));
        Assert.DoesNotContain(revision, others, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a": 1}""", "collection")]
    [InlineData("this is no JSON", "JSON")]
    [InlineData("", "document is empty")]
    [InlineData("""{"info":{"name":"x"},"item":[]}""", "no saved example")]
    [InlineData("""{"name":"staging","values":[{"key":"a","value":"b"}]}""", "environment")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap"}""", "manifest")]
    public async Task What_is_no_collection_is_not_packed(string content, string said)
    {
        string file = _files.Write("x.json", content);
        (int code, string output, string errors) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "x");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(string text, string beginning) =>
        text.Split('\n').Where(line => line.StartsWith(beginning, StringComparison.Ordinal)).Select(line => line[beginning.Length..].Trim());
}
