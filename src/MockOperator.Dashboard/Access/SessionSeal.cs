using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Logging.Abstractions;

namespace MockOperator.Dashboard.Access;

/// <summary>Encrypts sessions, so that only a process with the same key reads or makes them: by the encryption of ASP.NET Core's data protection, with one key and without its ring of keys in files.</summary>
internal sealed class SessionSeal
{
    /// <summary>Fewest bytes of a key.</summary>
    public const int ShortestKey = 32;

    private const int SecretLength = 64;
    private static readonly byte[] Purpose = "mock-dashboard session 1"u8.ToArray();

    private readonly IAuthenticatedEncryptor _encryptor;

    /// <summary>Makes a seal.</summary>
    /// <param name="key">At least <see cref="ShortestKey"/> random bytes.</param>
    public SessionSeal(ReadOnlySpan<byte> key)
    {
        if (key.Length < ShortestKey)
            throw new ArgumentException($"A key has at least {ShortestKey} bytes.", nameof(key));
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), SecretLength, salt: null, info: Purpose);
        var configuration = new AuthenticatedEncryptorConfiguration
        {
            EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM,
            ValidationAlgorithm = ValidationAlgorithm.HMACSHA256,
        };
        var descriptor = new AuthenticatedEncryptorDescriptor(configuration, new Secret(secret));
        _encryptor = new AuthenticatedEncryptorFactory(NullLoggerFactory.Instance).CreateEncryptorInstance(new OnlyKey(descriptor))
            ?? throw new PlatformNotSupportedException("This platform has no AES-GCM.");
    }

    /// <summary>Seals a session.</summary>
    public string Seal(Session session) => Base64Url.EncodeToString(_encryptor.Encrypt(session.ToBytes(), Purpose));

    /// <summary>Opens what <see cref="Seal"/> sealed; null for anything else.</summary>
    public Session? Open(string sealedText)
    {
        if (!Base64Url.IsValid(sealedText))
            return null;
        try
        {
            return Session.Read(_encryptor.Decrypt(Base64Url.DecodeFromChars(sealedText), Purpose));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed class OnlyKey(IAuthenticatedEncryptorDescriptor descriptor) : IKey
    {
        public DateTimeOffset ActivationDate => DateTimeOffset.MinValue;

        public DateTimeOffset CreationDate => DateTimeOffset.MinValue;

        public DateTimeOffset ExpirationDate => DateTimeOffset.MaxValue;

        public bool IsRevoked => false;

        public Guid KeyId => Guid.Empty;

        public IAuthenticatedEncryptorDescriptor Descriptor => descriptor;

        public IAuthenticatedEncryptor? CreateEncryptor() => null;
    }
}
