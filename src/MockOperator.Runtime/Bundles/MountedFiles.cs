using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MockOperator.Runtime.Volumes;

namespace MockOperator.Runtime.Bundles;

/// <summary>The files of a directory of mounted ConfigMaps, read through the one snapshot that <c>..data</c> names, so that files of two versions never mix.</summary>
/// <param name="directory">The mounted directory.</param>
internal sealed class MountedFiles(string directory) : IBundleFiles
{
    private readonly string _snapshot = MountedVolume.Snapshot(directory);

    /// <inheritdoc/>
    public bool TryRead(string name, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? problem)
    {
        bytes = null;
        var file = new FileInfo(Path.Combine(_snapshot, name));
        if (!file.Exists)
        {
            problem = $"{name} is missing.";
            return false;
        }

        using FileStream stream = file.OpenRead();
        if (stream.Length > BundleReader.MaxFileBytes)
        {
            problem = $"{name} is larger than {BundleReader.MaxFileBytes.ToString(CultureInfo.InvariantCulture)} bytes.";
            return false;
        }

        problem = null;
        bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return true;
    }
}
