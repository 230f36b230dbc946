using MockOperator.Cli.Tests.Cluster;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class UsageTests
{
    private const string Quota = """
        {"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockQuota","metadata":{"name":"team-a","namespace":"demo"},"spec":{"calls":10000,"timeZone":"Europe/Berlin"},
        "status":{"period":"2026-11","used":7500,"limit":10000,"remaining":2400,"lost":100,"resetsAt":"2026-11-30T23:00:00Z",
        "mocks":[{"name":"petstore","calls":5000},{"name":"orders","calls":2000}],"otherMocks":500,
        "history":[{"period":"2026-10","used":10000,"limit":10000},{"period":"2026-09","used":40,"limit":10000}]}}
        """;

    private const string Narrow = """
        {"apiVersion":"mockoperator.dev/v1alpha1","kind":"MockQuota","metadata":{"name":"narrow","namespace":"demo"},"spec":{"calls":5,"period":"Day","selector":{"matchNames":["orders"]}}}
        """;

    [Fact]
    public async Task What_is_used_is_shown_of_each_mock_and_of_the_periods_before()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.Cluster.Objects.Put("mockquotas", Quota);
        var ran = await cli.RunAsync("usage");
        Assert.Equal(
            """
            Quota demo/team-a  2026-11, a month of Europe/Berlin
              ██████████████████░░░░░░  7,500 of 10,000 calls (75%)
              2,400 left · 100 lost with pods that were killed · reset in 3d11h, 2026-11-30 23:00 UTC

              MOCK       CALLS   SHARE
              petstore   5,000   66.7%
              orders     2,000   26.7%
              (others)   500     6.7%

              PERIOD    CALLS    OF
              2026-11   7,500    10,000   ██████████████████
              2026-10   10,000   10,000   ████████████████████████
              2026-09   40       10,000   ▏

            """,
            ran.Output);
    }

    [Fact]
    public async Task A_mock_is_shown_the_quotas_that_cover_it()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.Cluster.Objects.Put("mockquotas", Quota);
        cli.Cluster.Objects.Put("mockquotas", Narrow);
        cli.AddMock("petstore");
        cli.AddMock("orders");
        Assert.Equal("mockquota.mockoperator.dev/team-a\n", (await cli.RunAsync("usage", "petstore", "-o", "name")).Output);
        Assert.Equal("mockquota.mockoperator.dev/narrow\nmockquota.mockoperator.dev/team-a\n", (await cli.RunAsync("usage", "orders", "-o", "name")).Output);
        Assert.DoesNotContain("petstore", (await cli.RunAsync("usage", "orders")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_quota_it_is_said_that_nothing_is_counted()
    {
        await using var cli = await PlayedCli.StartAsync();
        var ran = await cli.RunAsync("usage");
        Assert.Equal((0, "", "There is no quota in the namespace demo, so calls are neither limited nor counted. A MockQuota does both (docs/quotas.md).\n"), (ran.Code, ran.Output, ran.Errors));
    }
}
