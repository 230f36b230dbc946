using System.Diagnostics.CodeAnalysis;
using MockOperator.Resources;

namespace MockOperator.Runtime.Bundles;

/// <summary>The files of a bundle that came over the control channel, as they came: nothing of them is believed before <see cref="BundleReader"/> has read them.</summary>
/// <param name="indexBytes"><c>index.json</c>.</param>
/// <param name="index">What it says.</param>
internal sealed class PushedFiles(byte[] indexBytes, BundleIndex index) : IBundleFiles
{
    private readonly Dictionary<string, byte[]> _parts = new(StringComparer.Ordinal);

    /// <summary>The index. That of the parts is not checked yet.</summary>
    public BundleIndex Index { get; } = index;

    /// <summary>Adds a part under the name that the index gives it.</summary>
    public void Add(string name, byte[] bytes) => _parts[name] = bytes;

    /// <summary>Whether other files are the same version to the byte: equal indexes name equal hashes.</summary>
    public bool HasIndexOf(IBundleFiles other) => other.TryRead(BundleIndex.FileName, out byte[]? bytes, out _) && bytes.AsSpan().SequenceEqual(indexBytes);

    /// <inheritdoc/>
    public bool TryRead(string name, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? problem)
    {
        bytes = name == BundleIndex.FileName ? indexBytes : _parts.GetValueOrDefault(name);
        problem = bytes is null ? $"{name} is missing." : null;
        return bytes is not null;
    }
}
