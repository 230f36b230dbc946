using System.Formats.Tar;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Installation;

public class RuntimeImageTests
{
    private const long MostBytes = 18_000_000;

    [Fact]
    public async Task The_image_of_the_runtime_holds_the_program_and_the_files_that_the_linker_loads()
    {
        var image = (await BuiltImage.AllAsync()).Single(static built => built.Program == "mock-runtime");

        var files = await FilesAsync(image.Archive);

        Assert.InRange(new FileInfo(image.Archive).Length, 1, MostBytes);
        Assert.Contains("mock-runtime", files);
        Assert.DoesNotContain(files, static file => file is not "mock-runtime" && !file.Contains(".so", StringComparison.Ordinal));
        Assert.DoesNotContain(files, static file => file.Contains("ssl", StringComparison.Ordinal) || file.Contains("crypto", StringComparison.Ordinal));
    }

    private static async Task<List<string>> FilesAsync(string archive)
    {
        var files = new List<string>();
        await using var stream = File.OpenRead(archive);
        await using var outer = new TarReader(stream);
        while (await outer.GetNextEntryAsync(copyData: false, TestContext.Current.CancellationToken) is { } entry)
        {
            if (entry.Name != "layer.tar")
                continue;
            await using var layer = new TarReader(entry.DataStream!);
            while (await layer.GetNextEntryAsync(copyData: false, TestContext.Current.CancellationToken) is { } file)
            {
                if (file.EntryType is TarEntryType.RegularFile)
                    files.Add(file.Name.TrimStart('.', '/'));
            }
        }

        return files;
    }
}
