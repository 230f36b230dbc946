namespace MockOperator.Client.Calls;

/// <summary>The bytes that a pod remembers of a body.</summary>
/// <param name="Bytes">The bytes, at most 64 MiB.</param>
/// <param name="ContentType">The type that the pod gives them; null for none.</param>
public sealed record BodyBytes(ReadOnlyMemory<byte> Bytes, string? ContentType);
