namespace MockOperator.Kubernetes.Client;

/// <summary>What must still hold for a delete to happen; otherwise the server answers 409.</summary>
/// <param name="Uid">The object's identity: a new object of the same name is spared.</param>
/// <param name="ResourceVersion">The version seen: an object changed since is spared.</param>
public sealed record DeletePreconditions(string? Uid = null, string? ResourceVersion = null);
