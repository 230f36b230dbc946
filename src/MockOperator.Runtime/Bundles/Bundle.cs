using MockOperator.Resources;

namespace MockOperator.Runtime.Bundles;

/// <summary>A bundle that was read whole: every part is there with the hash that the index names.</summary>
/// <param name="Index">The index.</param>
/// <param name="Definition">The mock.</param>
/// <param name="Collection">The Postman document; null when the definition embeds examples.</param>
internal sealed record Bundle(BundleIndex Index, MockDefinition Definition, ReadOnlyMemory<byte>? Collection);
