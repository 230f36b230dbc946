using Microsoft.AspNetCore.Http;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Tests.Requests;

public sealed class RequestHeadersTests
{
    private static readonly string[] s_common =
    [
        "Host", "User-Agent", "Accept", "Accept-Encoding", "Accept-Language", "Connection", "Content-Type", "Content-Length", "Authorization", "Origin", "Referer",
    ];

    private readonly RequestHeaders _headers = new();

    [Fact]
    public void Calls_of_ordinary_clients_are_not_asked_for_headers_of_mocks()
    {
        Assert.False(Attach().MayChoose);
        Assert.False(Attach(s_common).MayChoose);
        Assert.All(s_common, name => Assert.False(Attach(name).MayChoose));
    }

    [Fact]
    public void Any_other_header_may_be_one_of_mocks()
    {
        Assert.True(Attach("x-mock-response-code").MayChoose);
        Assert.True(Attach([.. s_common, "X-Mock-Response-Name"]).MayChoose);
        Assert.All(s_common, name => Assert.True(Attach(name, "X-Mock-Explain").MayChoose));
        Assert.True(_headers.TryGetValue("x-mock-explain", out string? value));
        Assert.Equal("1", value);
    }

    [Fact]
    public void Nothing_is_kept_of_the_request_before()
    {
        Assert.True(Attach("X-Mock-Explain").MayChoose);
        Assert.False(Attach("Host").MayChoose);
        _headers.Attach(null);
        Assert.False(_headers.MayChoose);
        Assert.False(_headers.TryGetValue("Host", out _));
    }

    private RequestHeaders Attach(params string[] names)
    {
        var headers = new HeaderDictionary();
        foreach (string name in names)
        {
            headers[name] = "1";
        }

        _headers.Attach(headers);
        return _headers;
    }
}
