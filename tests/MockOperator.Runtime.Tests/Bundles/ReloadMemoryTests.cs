using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.Tests.Bundles;

/// <summary>Measures the whole process, so nothing else runs meanwhile.</summary>
[Collection(nameof(ReloadMemoryTests))]
[CollectionDefinition(nameof(ReloadMemoryTests), DisableParallelization = true)]
public sealed class ReloadMemoryTests
{
    [Fact]
    public void Many_reloads_leave_memory_flat()
    {
        using var bundle = new MountedBundle();
        MockDefinition[] versions = [Filled('a'), Filled('b')];
        var metrics = new MockMetrics();
        using var follower = new BundleFollower(
            bundle.BundlePath,
            bundle.SecretsPath,
            new MockDirectory(),
            new RuntimeState(),
            metrics,
            TimeProvider.System,
            NullLogger<BundleFollower>.Instance);
        Reload(0, 50);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Reload(50, 1050);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal("r1049", follower.Status.Current.Revision);

        // One version of the content is about 300 KB: had only one in a hundred been kept, it would be 3 MB.
        Assert.True(after - before < 2_000_000, $"memory grew by {after - before} bytes");

        void Reload(int from, int to)
        {
            for (int number = from; number < to; number++)
            {
                bundle.Publish($"r{number}", versions[number % 2]);
                follower.Look();
            }
        }

        static MockDefinition Filled(char text) =>
            MountedBundle.Definition([.. Enumerable.Range(0, 100).Select(number => MountedBundle.Example($"/{number}", new string(text, 1000)))]);
    }
}
