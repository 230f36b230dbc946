using System.Diagnostics;
using System.Globalization;
using MockOperator.Runtime.Hosting;

namespace MockOperator.Runtime.Tests.Hosting;

public sealed class OpenFilesTests
{
    /// <summary>What compiled ahead of time begins with the soft limit of its host; the CLR of these tests has raised its own already, so it is lowered first.</summary>
    [Fact]
    public async Task As_many_as_the_system_grants_are_asked_for()
    {
        long hard = Limit(hard: true);
        await LowerAsync(Math.Min(hard, 8192) - 1);
        Assert.NotEqual(hard, Limit(hard: false));
        Assert.Equal(Math.Min(hard, int.MaxValue), OpenFiles.Raise());
        Assert.Equal(hard, Limit(hard: false));
    }

    private static async Task LowerAsync(long soft)
    {
        using Process prlimit = Process.Start("prlimit", ["--pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"--nofile={soft}:")]);
        await prlimit.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, prlimit.ExitCode);
    }

    private static long Limit(bool hard)
    {
        string line = File.ReadLines("/proc/self/limits").Single(static line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string word = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[hard ? 4 : 3];
        return word == "unlimited" ? long.MaxValue : long.Parse(word, CultureInfo.InvariantCulture);
    }
}
