using System.Security.Cryptography;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Desired;

/// <summary>
/// The Secret with the key of a private mock whose spec names none. It is created once, never read and never written again: the key exists in the request
/// that creates it, in the Secret, and nowhere else.
/// </summary>
public static class ApiKeySecret
{
    /// <summary>Name of the entry that holds the key.</summary>
    public const string Entry = "default";

    private const int KeyBytes = 32;

    /// <summary>Name of the Secret of a mock.</summary>
    /// <param name="mock">The mock.</param>
    public static string NameOf(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return mock.Spec?.ApiKeys?.SecretRef?.Name ?? mock.Metadata.Name + "-api-keys";
    }

    /// <summary>Whether the operator has to create it.</summary>
    /// <param name="mock">The mock.</param>
    public static bool IsOurs(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return mock.Spec is { Private: true, ApiKeys: null or { SecretRef: null } };
    }

    /// <summary>Where the pods have it: always mounted and always optional, so that a mock turns private and public again without a rollout.</summary>
    /// <param name="mock">The mock.</param>
    public static MountedSecret Mount(MockServer mock) => new(AccessDefinition.DefaultSecretDirectory, NameOf(mock), Optional: true);

    /// <summary>Builds it with a new random key of 256 bits.</summary>
    /// <param name="mock">The mock.</param>
    public static V1Secret Build(MockServer mock) => new()
    {
        ApiVersion = "v1",
        Kind = "Secret",
        Metadata = ChildMetadata.Of(mock, NameOf(mock)),
        Type = "Opaque",
        Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Entry] = NewKey() },
    };

    // Base64url: no character of it needs escaping in a shell, a URL or a header.
    private static byte[] NewKey() => System.Text.Encoding.ASCII.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)));
}
