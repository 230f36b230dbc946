using k8s.Models;

namespace MockOperator.Operator.Desired;

/// <summary>What is mounted into the pods of a mock, ready to be applied.</summary>
/// <param name="Revision">Names the content: 16 hex digits.</param>
/// <param name="ConfigMaps">The ConfigMaps that carry it; the first holds the index and is applied last.</param>
/// <param name="ContentBytes">Size of all entries, decompressed.</param>
public sealed record Bundle(string Revision, IReadOnlyList<V1ConfigMap> ConfigMaps, long ContentBytes)
{
    /// <summary>The same files as they are stored: the index, then the parts in the order in which it names them.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Files { get; init; }
}
