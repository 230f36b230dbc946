using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MockOperator.Dashboard.Access;

/// <summary>What the cookie of a caller holds.</summary>
/// <param name="Token">The caller's token for the API server; empty where a proxy brings it with each request.</param>
/// <param name="Ends">When the cookie is worth nothing any more.</param>
/// <param name="FormSecret">What the tokens of forms are made from.</param>
internal sealed record Session(string Token, DateTimeOffset Ends, ReadOnlyMemory<byte> FormSecret)
{
    private const byte Form = 1;
    private const int Head = 1 + sizeof(long) + FormToken.SecretLength;

    /// <summary>A new session.</summary>
    public static Session Begin(string token, DateTimeOffset ends) => new(token, ends, RandomNumberGenerator.GetBytes(FormToken.SecretLength));

    /// <summary>As bytes, to be sealed.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Head + Encoding.UTF8.GetByteCount(Token)];
        bytes[0] = Form;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Ends.ToUnixTimeSeconds());
        FormSecret.Span.CopyTo(bytes.AsSpan(1 + sizeof(long)));
        Encoding.UTF8.GetBytes(Token, bytes.AsSpan(Head));
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null for anything else.</summary>
    public static Session? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Head || bytes[0] != Form
            ? null
            : new Session(
                Encoding.UTF8.GetString(bytes[Head..]),
                DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes[1..])),
                bytes.Slice(1 + sizeof(long), FormToken.SecretLength).ToArray());
}
