using System.Security.Cryptography;
using System.Text;
using MockOperator.Operator.Control;

namespace MockOperator.Operator.Tests.Control;

public sealed class ControlTokensTests
{
    private static readonly byte[] s_key = Encoding.ASCII.GetBytes(new string('k', 32));

    [Fact]
    public void A_token_is_the_HMAC_of_who_the_mock_is() =>
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(s_key, "demo/petstore/uid-1"u8)),
            new ControlTokens(s_key).TokenOf("demo", "petstore", "uid-1"));

    [Fact]
    public void The_bundle_carries_only_the_hash_of_it()
    {
        var tokens = new ControlTokens(s_key);

        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tokens.TokenOf("demo", "petstore", "uid-1")))),
            tokens.HashOf("demo", "petstore", "uid-1"));
    }

    [Fact]
    public void Another_mock_of_the_same_name_has_another_token() =>
        Assert.NotEqual(new ControlTokens(s_key).TokenOf("demo", "petstore", "uid-1"), new ControlTokens(s_key).TokenOf("demo", "petstore", "uid-2"));

    [Fact]
    public void A_short_key_is_refused() => Assert.Throws<ArgumentException>(static () => new ControlTokens(s_key.AsSpan(1)));
}
