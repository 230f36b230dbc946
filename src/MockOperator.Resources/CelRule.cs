namespace MockOperator.Resources;

/// <summary>A rule in CEL, as a CRD carries it: it stands beside the C# that says the same, and a test holds the CRD to it.</summary>
/// <param name="At">Where <c>self</c> stands, from the object: <c>.spec.cors</c>; <c>[]</c> stands for every entry of a list, and an empty text for the object.</param>
/// <param name="Rule">What must hold.</param>
/// <param name="Message">What is told when it does not.</param>
/// <param name="FieldPath">The one field that it is about, from <paramref name="At"/>: <c>.allowOrigins</c>; null for none.</param>
public sealed record CelRule(string At, string Rule, string Message, string? FieldPath = null);
