namespace MockOperator.Client.Collections;

/// <summary>A list in a JSON text, by its bytes.</summary>
/// <param name="Start">Where the bracket opens.</param>
/// <param name="LastEnd">Where its last element ends; null when it is empty.</param>
/// <param name="End">After the bracket that closes.</param>
/// <param name="Depth">How deep its elements stand, by the indent of a document that has one.</param>
internal sealed record JsonList(int Start, int? LastEnd, int End, int Depth);
