using MockOperator.Runtime.Hashing;

namespace MockOperator.Runtime.Access;

/// <summary>One key of a mock: the name of its entry and the hash of its value. The value itself is not kept.</summary>
/// <param name="Name">Name of the entry in the Secret.</param>
/// <param name="Hash">SHA-256 of the key.</param>
/// <param name="Counter">Which of the mock's key counters counts it: entries beyond the bound share the last.</param>
internal sealed record ApiKeyEntry(string Name, Sha256Digest Hash, int Counter);
