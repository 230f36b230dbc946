using System.Diagnostics;
using System.Globalization;

namespace MockOperator.Cli.Benchmarks;

/// <summary><see cref="ReadyCluster"/> in a process of its own.</summary>
internal sealed class ClusterProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ClusterProcess(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>How to reach it.</summary>
    public string Kubeconfig => Path.Combine(_folder.FullName, "config");

    /// <summary>Starts one.</summary>
    public static async Task<ClusterProcess> StartAsync(int mocks)
    {
        var folder = Directory.CreateTempSubdirectory("mock-bench");
        var cluster = new ClusterProcess(
            Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(ClusterProcess).Assembly.Location, "cluster", mocks.ToString(CultureInfo.InvariantCulture), folder.FullName]) { UseShellExecute = false, RedirectStandardInput = true })!,
            folder);
        var begun = Stopwatch.GetTimestamp();
        while (!File.Exists(cluster.Kubeconfig))
        {
            if (cluster._process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException("The API server of this benchmark does not come up.");
            await Task.Delay(20);
        }

        return cluster;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
