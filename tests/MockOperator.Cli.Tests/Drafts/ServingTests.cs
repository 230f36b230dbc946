namespace MockOperator.Cli.Tests.Drafts;

/// <summary>Matching, limits, CORS and Ingress by the command line: of a mock that runs, and of a new one.</summary>
public sealed class ServingTests
{
    private static string Petstore => Path.Combine(DraftCli.Corpus, DraftCli.Petstore);

    public static TheoryData<string[], string> Settings => new()
    {
        { ["--match-body", "Exact"], """{"matching":{"body":"Exact"}}""" },
        { ["--match-body", "subset", "--match-header", "X-Tenant", "--match-header", "X-Role"], """{"matching":{"body":"Subset","headers":["X-Tenant","X-Role"]}}""" },
        { ["--strict", "--match-query=false", "--match-wildcards=false"], """{"matching":{"mode":"Strict","queryParams":false,"wildcards":false}}""" },
        { ["--rate-limit", "120/1m"], """{"rateLimit":{"requests":120,"per":"1m"}}""" },
        { ["--rate-limit", "10/s"], """{"rateLimit":{"requests":10,"per":"1s"}}""" },
        { ["--rate-limit", "120"], """{"rateLimit":{"requests":120}}""" },
        { ["--quota", "1000/Month"], """{"quota":{"calls":1000,"period":"Month"}}""" },
        { ["--allow-origin", "https://app.example.com", "--allow-origin", "https://*.example.org", "--allow-credentials"], """{"cors":{"allowOrigins":["https://app.example.com","https://*.example.org"],"allowCredentials":true}}""" },
        { ["--allow-origin", "https://app.example.com", "--expose-header", "X-Total"], """{"cors":{"allowOrigins":["https://app.example.com"],"exposeHeaders":["X-Total"]}}""" },
        { ["--cors=false"], """{"cors":{"enabled":false}}""" },
        { ["--ingress", "pets.example.com", "--ingress-path", "/v1", "--ingress-class", "nginx"], """{"ingress":{"className":"nginx","host":"pets.example.com","path":"/v1"}}""" },
        { ["--ingress", ""], """{"ingress":{}}""" },
    };

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public async Task A_mock_that_runs_and_a_new_one_take_the_same_settings(string[] options, string expected)
    {
        await using var cli = await MadeAsync();
        Assert.Equal((0, "mockserver.mockoperator.dev/pets edited\n", ""), await cli.RunAsync(["edit", "pets", .. options]));
        Assert.Equal(expected, Spec(cli, "pets"));
        Assert.Equal((0, "mockserver.mockoperator.dev/pets unchanged\n", ""), await cli.RunAsync(["edit", "pets", .. options]));

        Assert.Equal(0, (await cli.RunAsync(["create", "dogs", "--collection", "pets", .. options])).Code);
        Assert.Equal(expected, Spec(cli, "dogs"));
    }

    [Theory]
    [InlineData("--match-body Exact --match-header X-Tenant", "--match-body Ignore --match-header none")]
    [InlineData("--strict --match-query=false", "--strict=false --match-query")]
    [InlineData("--rate-limit 120/1m --quota 10/Day", "--rate-limit none --quota none")]
    [InlineData("--allow-origin https://a.example --allow-credentials --expose-header X-Total", "--allow-origin * --allow-credentials=false --expose-header none")]
    [InlineData("--cors=false", "--cors")]
    [InlineData("--ingress pets.example.com --ingress-path /v1", "--ingress none")]
    public async Task What_was_set_is_taken_away_again(string options, string taken)
    {
        await using var cli = await MadeAsync();
        Assert.Equal(0, (await cli.RunAsync(["edit", "pets", .. options.Split(' ')])).Code);
        Assert.NotEqual("{}", Spec(cli, "pets"));
        Assert.Equal((0, "mockserver.mockoperator.dev/pets edited\n", ""), await cli.RunAsync(["edit", "pets", .. taken.Split(' ')]));
        Assert.Equal("{}", Spec(cli, "pets"));
    }

    [Theory]
    [InlineData("--match-body All", "Error: 'All' is no way to match bodies: Ignore, Exact, Subset.\n")]
    [InlineData("--match-header X:Tenant", "Error: spec.matching.headers[0]: the name of a header is letters, digits and hyphens, such as X-Tenant; at most 256 characters\n")]
    [InlineData("--match-header none --match-header X-Role", "Error: --match-header none takes all away: it stands alone.\n")]
    [InlineData("--rate-limit many", "Error: 'many' is no rate limit: calls and a time, such as 120/1m, 10/s; the time is 1s to 24h.\n")]
    [InlineData("--rate-limit 0/1m", "Error: spec.rateLimit.requests: the number of calls is needed, 1 to 1000000000; to refuse every call set quota.calls to 0\n")]
    [InlineData("--rate-limit 5/48h", "Error: spec.rateLimit.per: a duration from 1s to 24h such as 1s, 10m or 1h30m is needed\n")]
    [InlineData("--quota 10/Year", "Error: '10/Year' is no quota: calls and a period, such as 1000/Month, 100/Day; the periods are Month, Week, Day and Hour.\n")]
    [InlineData("--allow-origin app.example.com", "Error: spec.cors.allowOrigins[0]: an origin is '*', 'null', or scheme://host[:port] with nothing after it; the first of at least two labels of the host may hold one '*'\n")]
    [InlineData("--allow-credentials", "Error: spec.cors.allowCredentials: credentials exclude the origin '*', which is the default: name the origins in allowOrigins\n")]
    [InlineData("--ingress https://pets.example.com/", "Error: spec.ingress.host: a host name is small letters, digits, hyphens and dots, such as pets.example.com, without scheme, port and path\n")]
    [InlineData("--ingress-path /v1", "Error: spec.ingress: the mock has no Ingress whose path or class could be changed. Give it a host as well, which makes one.\n")]
    [InlineData("--ingress none --ingress-path /v1", "Error: --ingress none takes the Ingress away, so it goes with neither --ingress-path nor --ingress-class.\n")]
    [InlineData("--ingress a.example --ingress-path v1", "Error: spec.ingress.path: a path prefix begins with a slash and has letters, digits and ._~- between slashes, such as /pets\n")]
    [InlineData("--replicas 101", "Error: spec.replicas: 0 to 100\n")]
    public async Task What_breaks_a_rule_is_told_by_its_field_and_nothing_is_sent(string options, string expected)
    {
        await using var cli = await MadeAsync();
        Assert.Equal((1, "", expected), await cli.RunAsync(["edit", "pets", .. options.Split(' ')]));
        Assert.DoesNotContain(cli.Cluster.Requests, static request => request.Verb == "patch");
    }

    [Fact]
    public async Task Only_what_is_named_is_sent()
    {
        await using var cli = await MadeAsync();
        Assert.Equal(0, (await cli.RunAsync("edit", "pets", "--match-body", "Exact", "--ingress", "pets.example.com", "--replicas", "2")).Code);
        Assert.Equal("spec:\n  matching:\n    headers:\n    - X-Tenant\n", (await cli.RunAsync("edit", "pets", "--match-header", "X-Tenant", "--dry-run=client", "-o", "yaml")).Output);
        Assert.Equal("spec:\n  ingress:\n    path: /v1\n", (await cli.RunAsync("edit", "pets", "--ingress-path", "/v1", "--dry-run=client", "-o", "yaml")).Output);
        Assert.Equal(2, (int?)cli.Find("mockservers", "pets")!["spec"]!["replicas"]);
    }

    private static string Spec(DraftCli cli, string name)
    {
        var spec = cli.Find("mockservers", name)!["spec"]!.DeepClone().AsObject();
        spec.Remove("collectionRef");
        return spec.ToJsonString();
    }

    private static async Task<DraftCli> MadeAsync()
    {
        var cli = await DraftCli.StartAsync();
        Assert.Equal(0, (await cli.RunAsync("create", "pets", "-f", Petstore)).Code);
        cli.Cluster.Requests.Clear();
        return cli;
    }
}
