using System.Buffers.Binary;
using System.Buffers.Text;

namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Identifiers.</summary>
internal static class IdentifierValues
{
    public static (string Name, DynamicValue Write)[] All { get; } =
    [
        ("$guid", WriteUuid),
        ("$randomUUID", WriteUuid),
    ];

    /// <summary>UUID version 4, variant 1 (RFC 9562 §5.4).</summary>
    private static void WriteUuid(ref Utf8Sink sink, ref RenderContext context)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, context.Random.Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], context.Random.Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        Span<byte> text = stackalloc byte[36];
        Utf8Formatter.TryFormat(new Guid(bytes, bigEndian: true), text, out int length);
        sink.Write(text[..length]);
    }
}
