using System.Security;
using MockOperator.Runtime.Volumes;

namespace MockOperator.Runtime.Access;

/// <summary>Reads a mounted Secret: each file is an entry. Names that start with two dots belong to the kubelet.</summary>
internal static class ApiKeyDirectory
{
    // A Secret is at most 1 MiB in all.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Reads the keys.</summary>
    /// <param name="root">Where Secrets are mounted.</param>
    /// <param name="name">Name of the directory below it; an optional Secret that does not exist leaves it empty or absent.</param>
    /// <returns>The ring, closed when the directory cannot be read or has no usable keys.</returns>
    public static ApiKeyRing Read(string root, string name)
    {
        if (name.Length == 0 || name != Path.GetFileName(name) || name.StartsWith("..", StringComparison.Ordinal))
            return ApiKeyRing.Closed("the directory of the keys must be right below the secrets directory");
        var directory = MountedVolume.Snapshot(Path.Combine(root, name));
        var entries = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        var total = 0L;
        try
        {
            if (!Directory.Exists(directory))
                return ApiKeyRing.Closed("the key Secret does not exist or is not mounted yet: create it with at least one entry");

            foreach (var file in Directory.EnumerateFiles(directory))
            {
                var entry = Path.GetFileName(file);
                if (entry.StartsWith("..", StringComparison.Ordinal))
                    continue;
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
                total += stream.Length;
                if (total > MaxBytes || entries.Count > ApiKeyRing.MaxKeys)
                    return ApiKeyRing.Closed("the keys are larger than a Secret can be");
                var value = new byte[stream.Length];
                stream.ReadExactly(value);
                entries.Add(new(entry, value));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SecurityException)
        {
            // A Secret that changes while it is read looks like this as well; the change is seen next and read again.
            return ApiKeyRing.Closed($"the key Secret cannot be read from its mount ({fault.GetType().Name})");
        }

        var ring = entries.Count == 0
            ? ApiKeyRing.Closed("the key Secret does not exist, has no entries or is not mounted yet: create it with at least one entry")
            : ApiKeyRing.Of(entries);
        foreach (var (_, value) in entries)
            System.Runtime.InteropServices.MemoryMarshal.AsMemory(value).Span.Clear();
        return ring;
    }
}
