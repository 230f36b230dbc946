using System.Text.Json.Serialization;

namespace MockOperator.Operator.Control;

/// <summary>What a runtime pod answers when asked for its revision.</summary>
/// <param name="Revision">The revision that it serves; empty before the first.</param>
/// <param name="Examples">Number of examples that it serves.</param>
/// <param name="Problem">Why the revision asked for cannot be served, or null.</param>
public sealed record RevisionReply(
    [property: JsonPropertyName("revision")] string? Revision,
    [property: JsonPropertyName("examples")] int Examples,
    [property: JsonPropertyName("problem")] string? Problem);
