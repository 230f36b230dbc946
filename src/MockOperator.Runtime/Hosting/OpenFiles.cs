using System.Runtime.InteropServices;

namespace MockOperator.Runtime.Hosting;

/// <summary>
/// How many files the process may have open: every connection is one. Where none can be opened any more, the server tries again and again to accept the connection that waits, and does nothing else on
/// that thread, so this must not happen.
/// </summary>
internal static partial class OpenFiles
{
    // getrlimit(2): RLIMIT_NOFILE on Linux, and what stands for no limit.
    private const int NumberOfFiles = 7;
    private const ulong Infinity = ulong.MaxValue;

    /// <summary>
    /// Asks for as many as the system grants. Hosts begin with few, often 1,024, for programs that cannot live with more, and let a process take more by itself. A program of the CLR does so at its start; one
    /// that was compiled ahead of time has to be told.
    /// </summary>
    /// <returns>How many may be open now; <see cref="int.MaxValue"/> where that is not known.</returns>
    public static int Raise()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || GetLimit(NumberOfFiles, out Limit limit) != 0)
        {
            return int.MaxValue;
        }

        if (limit.Soft < limit.Hard)
        {
            var raised = new Limit { Soft = limit.Hard, Hard = limit.Hard };
            limit = SetLimit(NumberOfFiles, in raised) == 0 ? raised : limit;
        }

        return limit.Soft == Infinity ? int.MaxValue : (int)Math.Min(limit.Soft, int.MaxValue);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
