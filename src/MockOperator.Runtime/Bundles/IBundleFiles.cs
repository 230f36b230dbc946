using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Runtime.Bundles;

/// <summary>The files of one version of a bundle, wherever they lie: in a mounted volume, or in memory after a push.</summary>
internal interface IBundleFiles
{
    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name, without directories.</param>
    /// <param name="bytes">What is in it, at most <see cref="BundleReader.MaxFileBytes"/>.</param>
    /// <param name="problem">Why it cannot be had.</param>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    bool TryRead(string name, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? problem);
}
