using CsCheck;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Tests.Requests;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/a?b=c", "/a?b=c")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/?discount=10%", "/?discount=10%")]
    [InlineData("http://host", "/")]
    [InlineData("http://host:80/a?b", "/a?b")]
    [InlineData("http://host?b", "/?b")]
    [InlineData("//a", "//a")]
    public void A_path_is_taken_as_it_is(string raw, string expected)
    {
        Assert.True(RequestTarget.TryRead(raw, out string? target, out _));
        Assert.Equal(expected, target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("host:443")]
    [InlineData("://")]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%4g")]
    [InlineData("/ok%20/%zz?x=%41")]
    public void What_is_no_path_is_refused(string raw)
    {
        Assert.False(RequestTarget.TryRead(raw, out _, out ErrorAnswer? error));
        Assert.Equal(400, error.Status);
    }

    [Fact]
    public void Whatever_comes_there_is_a_path_or_an_error() => Gen.OneOf(Gen.String, Gen.String["/%?:a1 "]).Sample(static raw =>
    {
        bool read = RequestTarget.TryRead(raw, out string? target, out ErrorAnswer? error);
        Assert.True(read ? target![0] == '/' && error is null : error is not null);
    });
}
