using MockOperator.Resources;
using MockOperator.Runtime.Access;

namespace MockOperator.Cli.Manifests;

/// <summary>A mock that the given files describe: what an operator would put into a bundle.</summary>
/// <param name="Source">The file it comes from, for people.</param>
/// <param name="Definition">The mock.</param>
/// <param name="Collection">The Postman document; null when the definition embeds examples.</param>
/// <param name="Environment">Variables, merged.</param>
/// <param name="Keys">The keys of a private mock, or of one that was.</param>
internal sealed record LocalMock(
    string Source, MockDefinition Definition, ReadOnlyMemory<byte>? Collection, IReadOnlyDictionary<string, string> Environment, ApiKeyRing Keys)
{
    /// <summary>Whether it asks for a quota, which nobody counts here: that takes the operator.</summary>
    public bool HasQuota { get; init; }
}
