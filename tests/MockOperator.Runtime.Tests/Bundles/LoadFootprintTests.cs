using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Content;

namespace MockOperator.Runtime.Tests.Bundles;

public sealed class LoadFootprintTests
{
    private const int Large = 4_000_000;

    [Fact]
    public void Examples_in_a_definition_count_as_much_as_a_collection()
    {
        BundleIndex index = JsonSerializer.Deserialize(
            MountedBundle.Pack("r1", MountedBundle.Definition(MountedBundle.Example("/", new string('x', Large))), gzip: true)[BundleIndex.FileName], RuntimeJson.Default.BundleIndex)!;
        Assert.InRange(LoadFootprint.BytesOf(index), Large, Large + 10_000);
    }
}
