namespace MockOperator.Operator.Desired;

/// <summary>A Secret of the user's that is mounted into the pods; the operator knows its name only.</summary>
/// <param name="Directory">Directory below the secrets directory of the pod.</param>
/// <param name="SecretName">Name of the Secret.</param>
/// <param name="Key">The one key to mount, or null for all.</param>
/// <param name="File">File name of <paramref name="Key"/>.</param>
/// <param name="Optional">Whether pods start without it.</param>
public sealed record MountedSecret(string Directory, string SecretName, string? Key = null, string? File = null, bool Optional = false);
