using Microsoft.AspNetCore.Http;
using MockOperator.Resources;
using MockOperator.Runtime.Content;

namespace MockOperator.Runtime.Tests.Content;

public sealed class PathPrefixesTests
{
    private static readonly PathPrefixes s_prefixes = new([new ExposedPath { Host = "pets.example.com", Path = "/v1" }, new ExposedPath { Host = "animals.example.com", Path = "/mocks/pets" }]);

    [Theory]
    [InlineData("pets.example.com", "/v1/pets?n=1", "/pets?n=1")]
    [InlineData("PETS.example.com:8080", "/v1", "/")]
    [InlineData("pets.example.com", "/v1?n=1", "/?n=1")]
    [InlineData("animals.example.com", "/mocks/pets/1", "/1")]
    [InlineData("pets.example.com", "/v10/pets", "/v10/pets")]
    [InlineData("pets.example.com", "/pets", "/pets")]
    [InlineData("animals.example.com", "/v1/pets", "/v1/pets")]
    [InlineData("petstore.shop.svc", "/v1/pets", "/v1/pets")]
    [InlineData("", "/v1/pets", "/v1/pets")]
    public void The_host_says_whether_there_is_a_prefix(string host, string target, string expected) => Assert.Equal(expected, Strip(target, host));

    [Theory]
    [InlineData("/pets", "pets.example.com")]
    [InlineData("/pets", "Pets.Example.com:443")]
    [InlineData("/pets", "edge.example.com, pets.example.com")]
    [InlineData("/pets", "edge.example.com", "pets.example.com")]
    [InlineData("/v1/pets", "animals.example.com")]
    [InlineData("/v1/pets", "pets.example.com.evil.example")]
    [InlineData("/v1/pets", "")]
    [InlineData("/v1/pets", ",,:,")]
    public void A_host_that_a_proxy_tells_of_counts_as_well(string expected, params string[] forwarded) => Assert.Equal(expected, Strip("/v1/pets", "10.244.0.7:8080", forwarded));

    [Theory]
    [InlineData("/v1/pets", "/v1")]
    [InlineData("/v1/pets", "/v1/")]
    [InlineData("/v1/pets", "/team/v1")]
    [InlineData("/v1/pets", "/team, /v1")]
    [InlineData("/pets", "/team")]
    [InlineData("/pets", "/v1/team")]
    [InlineData("/pets", "")]
    public void A_prefix_that_a_proxy_has_taken_off_is_not_taken_off_again(string expected, string forwarded)
    {
        Assert.Equal(expected, Strip("/v1/pets", "pets.example.com", prefix: forwarded));
        Assert.Equal(expected, Strip("/v1/pets", "10.244.0.7:8080", ["pets.example.com"], forwarded));
    }

    [Fact]
    public void A_path_without_a_prefix_costs_no_memory()
    {
        var headers = new HeaderDictionary { ["Host"] = "10.244.0.7:8080", ["X-Forwarded-Host"] = "pets.example.com" };
        _ = s_prefixes.Strip(headers, "/pets");
        _ = s_prefixes.Strip(headers, "/v1/pets");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 1000; call++)
        {
            _ = s_prefixes.Strip(headers, "/pets");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Strip(string target, string host, string[]? forwarded = null, string? prefix = null)
    {
        var headers = new HeaderDictionary { ["Host"] = host };
        if (forwarded is not null)
        {
            headers["X-Forwarded-Host"] = forwarded;
        }

        if (prefix is not null)
        {
            headers["X-Forwarded-Prefix"] = prefix;
        }

        return s_prefixes.Strip(headers, target);
    }
}
