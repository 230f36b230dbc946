using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

/// <summary>An object whose JSON does not fit its C# type. It is reported and otherwise left as it was last seen; it never stops the others.</summary>
/// <param name="Key">Its name, when at least that could be read.</param>
/// <param name="ResourceVersion">Its version, when that could be read.</param>
/// <param name="Problem">What does not fit, with the JSON path; never a value.</param>
public sealed record UnreadableObject(ObjectKey? Key, string? ResourceVersion, string Problem);
