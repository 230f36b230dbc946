namespace MockOperator.Operator.Exposure;

/// <summary>Who is to take up an Ingress.</summary>
/// <param name="WritesNoAddress">Whether it is known as one that writes no address into the Ingresses that it serves.</param>
/// <param name="Problem">Why nobody may take it up; null when nothing speaks against it.</param>
public sealed record IngressTaker(bool WritesNoAddress, string? Problem);
