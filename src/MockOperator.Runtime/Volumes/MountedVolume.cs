using System.Globalization;
using System.Text;

namespace MockOperator.Runtime.Volumes;

/// <summary>
/// How the kubelet presents ConfigMaps and Secrets: files are links into <c>..data</c>, itself a link to a directory of one version that is swapped
/// atomically. Outside a cluster there is no <c>..data</c>, and times and sizes of the files tell versions apart.
/// </summary>
internal static class MountedVolume
{
    private const string DataLink = "..data";
    private const int MaxFiles = 1024;

    /// <summary>The directory whose files belong together.</summary>
    public static string Snapshot(string directory) => LinkTarget(directory) is { } target ? Path.Combine(directory, target) : directory;

    /// <summary>A text that changes whenever files of the directory, or of the directories right below it, change. Costs one link look-up per volume.</summary>
    public static string Fingerprint(params ReadOnlySpan<string> directories)
    {
        var result = new StringBuilder();
        foreach (string directory in directories)
        {
            Append(result, directory, deeper: true);
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, string directory, bool deeper)
    {
        if (LinkTarget(directory) is { } target)
        {
            result.Append(directory).Append('>').Append(target).Append('\n');
            return;
        }

        var info = new DirectoryInfo(directory);
        if (!info.Exists)
        {
            return;
        }

        foreach (FileSystemInfo entry in info.EnumerateFileSystemInfos().Take(MaxFiles).OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry is DirectoryInfo below)
            {
                if (deeper)
                {
                    Append(result, below.FullName, deeper: false);
                }
            }
            else
            {
                result.Append(entry.FullName).Append('@').Append(entry.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture))
                    .Append('+').Append(((FileInfo)entry).Length.ToString(CultureInfo.InvariantCulture)).Append('\n');
            }
        }
    }

    private static string? LinkTarget(string directory)
    {
        try
        {
            return new FileInfo(Path.Combine(directory, DataLink)).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
