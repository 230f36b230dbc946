using System.Buffers.Binary;
using CsCheck;
using MockOperator.Runtime.Hashing;

namespace MockOperator.Runtime.Tests.Hashing;

public sealed class SipTagTests
{
    private static readonly SipTag Secret = new(0x0706050403020100, 0x0f0e0d0c0b0a0908);

    // Of the reference implementation's vectors for 128 bits, as OpenSSL computes them too: secret 00..0f, messages 00, 00 01, ...
    [Theory]
    [InlineData(0, "a3817f04ba25a8e66df67214c7550293")]
    [InlineData(1, "da87c1d86b99af44347659119b22fc45")]
    [InlineData(2, "8177228da4a45dc7fca38bdef60affe4")]
    [InlineData(3, "9c70b60c5267a94e5f33b6b02985ed51")]
    [InlineData(4, "f88164c12d9c8faf7d0f6e7c7bcd5579")]
    [InlineData(6, "14eeca338b208613485ea0308fd7a15e")]
    [InlineData(7, "a1f1ebbed8dbc153c0b84aa61ff08239")]
    [InlineData(8, "3b62a9ba6258f5610f83e264f31497b4")]
    [InlineData(15, "5493e99933b0a8117e08ec0f97cfc3d9")]
    [InlineData(43, "27d93437efb721aa401821dcec5adf89")]
    public void The_tags_are_those_of_the_reference(int length, string expected)
    {
        byte[] message = [.. Enumerable.Range(0, length).Select(static number => (byte)number)];
        SipTag tag = SipTag.Of(message, Secret);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, tag.Low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], tag.High);
        Assert.Equal(expected, Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Another_bit_of_message_or_secret_is_another_tag() => Gen.Select(Gen.Byte.Array[1, 200], Gen.ULong, Gen.Int[0, 7]).Sample((message, secret, bit) =>
    {
        SipTag tag = SipTag.Of(message, new SipTag(secret, 1));
        Assert.NotEqual(tag, SipTag.Of(message, new SipTag(secret ^ (1UL << bit), 1)));
        message[^1] ^= (byte)(1 << bit);
        Assert.NotEqual(tag, SipTag.Of(message, new SipTag(secret, 1)));
    });
}
