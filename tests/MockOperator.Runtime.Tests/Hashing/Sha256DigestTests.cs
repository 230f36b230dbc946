using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MockOperator.Runtime.Hashing;

namespace MockOperator.Runtime.Tests.Hashing;

public sealed class Sha256DigestTests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_examples_of_the_standard_hold(string message, string expected)
        => Assert.Equal(expected, Sha256Digest.Of(Encoding.ASCII.GetBytes(message)).ToString());

    [Fact]
    public void Every_message_gets_the_digest_that_the_framework_computes()
        => Gen.Byte.Array[0, 300].Sample(message =>
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(message)), Sha256Digest.Of(message).ToString()));

    [Fact]
    public void Hex_is_read_back()
        => Gen.Byte.Array[0, 64].Sample(message =>
        {
            var digest = Sha256Digest.Of(message);
            Assert.True(Sha256Digest.TryParse(digest.ToString().ToUpperInvariant(), out var parsed));
            Assert.True(digest.Equals(parsed));
        });

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a ")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void What_is_no_digest_is_refused(string hex) => Assert.False(Sha256Digest.TryParse(hex, out _));

    [Fact]
    public void Any_other_message_has_another_digest()
        => Gen.Select(Gen.Byte.Array[1, 40], Gen.Int[0, 319]).Sample((message, bit) =>
        {
            var other = message.ToArray();
            other[bit / 8 % other.Length] ^= (byte)(1 << (bit % 8));
            Assert.False(Sha256Digest.Of(message).Equals(Sha256Digest.Of(other)));
        });
}
