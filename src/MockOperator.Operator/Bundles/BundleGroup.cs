using System.Security.Cryptography;
using System.Text;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Bundles;

/// <summary>Files that share a ConfigMap.</summary>
/// <param name="Files">The files, in order.</param>
public sealed record BundleGroup(IReadOnlyList<BundleFile> Files)
{
    private const int HashLength = 16;

    /// <summary>Names what is in it: 16 hex digits. Two groups with one hash are interchangeable (<see cref="ChildLabels.BundlePart"/>).</summary>
    public string Hash { get; } = HashOf(Files);

    private static string HashOf(IReadOnlyList<BundleFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (BundleFile file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\n{file.Bytes.Length}\n"));
            hash.AppendData(file.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashLength];
    }
}
