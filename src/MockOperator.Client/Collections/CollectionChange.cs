using MockOperator.Kinds;

namespace MockOperator.Client.Collections;

/// <summary>A change of a collection's content.</summary>
/// <param name="Before">The content before, as text.</param>
/// <param name="After">The content after.</param>
/// <param name="Collection">The Collection as the server has it, or would have it.</param>
public sealed record CollectionChange(string Before, string After, Collection Collection);
