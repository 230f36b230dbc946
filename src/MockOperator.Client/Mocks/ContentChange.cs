namespace MockOperator.Client.Mocks;

/// <summary>A change of what a mock answers with.</summary>
/// <param name="Where">What holds the content: <c>Collection petstore</c>.</param>
/// <param name="Before">The content before, as text.</param>
/// <param name="After">The content after.</param>
public sealed record ContentChange(string Where, string Before, string After);
