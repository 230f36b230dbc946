using System.Buffers.Text;
using System.Text;
using MockOperator.Client.Connections;

namespace MockOperator.Client.Tests.Connections;

/// <summary>What a token says of itself is read without trust: it may be anything.</summary>
public sealed class TokenClaimsTests
{
    [Theory]
    [InlineData("""{"sub":"system:serviceaccount:shop:tester","exp":1798761600}""", "system:serviceaccount:shop:tester", "shop")]
    [InlineData("""{"sub":"system:serviceaccount:shop:tester","kubernetes.io":{"namespace":"shop"}}""", "system:serviceaccount:shop:tester", "shop")]
    [InlineData("""{"sub":"system:serviceaccount:a:b","kubernetes.io/serviceaccount/namespace":"old"}""", "system:serviceaccount:a:b", "old")]
    [InlineData("""{"sub":"1234","email":"ann@example.com"}""", "ann@example.com", null)]
    [InlineData("""{"sub":"system:serviceaccount:a:b:c"}""", "system:serviceaccount:a:b:c", null)]
    [InlineData("""{"sub":"system:serviceaccount:../kube-system:b"}""", "system:serviceaccount:../kube-system:b", null)]
    [InlineData("""{"kubernetes.io":{"namespace":"../secrets"}}""", null, null)]
    [InlineData("""{"kubernetes.io":"shop","sub":7}""", null, null)]
    [InlineData("""{"email":"","name":"Ann"}""", "Ann", null)]
    [InlineData("""{"sub":"\ud800","kubernetes.io":{"namespace":"\udc00"}}""", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("7", null, null)]
    [InlineData("{", null, null)]
    public void A_bearer_is_named_by_what_can_be_believed_of_a_token(string claims, string? name, string? inNamespace)
    {
        var read = TokenClaims.Read(Jwt(claims));
        Assert.Equal((name, inNamespace), (read.Name, read.Namespace));
    }

    [Theory]
    [InlineData("""{"exp":1798761600}""", 1798761600L)]
    [InlineData("""{"exp":1798761600.9}""", 1798761600L)]
    [InlineData("""{"exp":-1}""", null)]
    [InlineData("""{"exp":1e300}""", null)]
    [InlineData("""{"exp":253402300799}""", null)]
    [InlineData("""{"exp":"1798761600"}""", null)]
    public void Its_end_is_read_where_it_is_a_moment(string claims, long? seconds) => Assert.Equal(seconds, TokenClaims.Read(Jwt(claims)).Expires?.ToUnixTimeSeconds());

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.%%%.c")]
    [InlineData("a.b.c.d")]
    public void What_is_no_JWT_says_nothing(string token) => Assert.Equal(new TokenClaims(null, null, null), TokenClaims.Read(token));

    [Fact]
    public void Nothing_of_a_token_is_longer_than_anybody_reads()
    {
        Assert.Equal(119, TokenClaims.Read(Jwt($$"""{"sub":"{{new string('x', 119)}}🙂 and more"}""")).Name!.Length);
        Assert.Null(TokenClaims.Read(Jwt($$"""{"sub":"a","more":"{{new string('x', 20_000)}}"}""")).Name);
        Assert.Null(TokenClaims.Read(Jwt($$"""{"sub":"a","deep":{{new string('[', 40)}}{{new string(']', 40)}}}""")).Name);
    }

    [Theory]
    [InlineData("abc.def-_", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\r\nX-Admin: 1", false)]
    [InlineData("ä", false)]
    public void A_token_is_the_value_of_one_header(string token, bool expected) => Assert.Equal(expected, BearerToken.IsWellFormed(token));

    [Fact]
    public void A_token_is_bounded_and_its_fingerprint_does_not_tell_it()
    {
        Assert.True(BearerToken.IsWellFormed(new string('a', BearerToken.Longest)));
        Assert.False(BearerToken.IsWellFormed(new string('a', BearerToken.Longest + 1)));
        Assert.False(BearerToken.IsWellFormed("abcd", longest: 3));
        Assert.Equal(BearerToken.Fingerprint("secret"), BearerToken.Fingerprint("secret"));
        Assert.DoesNotContain("secret", BearerToken.Fingerprint("secret"), StringComparison.Ordinal);
    }

    private static string Jwt(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.sig";
}
