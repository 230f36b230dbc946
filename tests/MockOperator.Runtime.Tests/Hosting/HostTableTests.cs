using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.Tests.Hosting;

public sealed class HostTableTests
{
    private static readonly MockMetrics Metrics = new();

    [Theory]
    [InlineData("")]
    [InlineData("anything.example.com:8080")]
    [InlineData("10.0.0.1")]
    public void A_single_mock_answers_every_host(string host) => Assert.Equal("pets", new HostTable([Mock("pets", "a")]).Find(host)?.Name);

    [Theory]
    [InlineData("pets", "pets")]
    [InlineData("PETS:8080", "pets")]
    [InlineData("pets.a", "pets")]
    [InlineData("pets.a.svc", "pets")]
    [InlineData("pets.a.svc.cluster.local:80", "pets")]
    [InlineData("pets.localhost:8080", "pets")]
    [InlineData("shops.b.example.com", "shops")]
    [InlineData("pets.b", null)]
    [InlineData("localhost", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("..:", null)]
    public void Several_mocks_are_told_apart(string host, string? expected) =>
        Assert.Equal(expected, new HostTable([Mock("pets", "a"), Mock("shops", "b")]).Find(host)?.Name);

    [Fact]
    public void A_name_in_two_namespaces_needs_the_namespace()
    {
        var table = new HostTable([Mock("pets", "a"), Mock("pets", "b")]);
        Assert.Null(table.Find("pets"));
        Assert.Equal("b", table.Find("pets.b.svc")?.Namespace);
    }

    private static HostedMock Mock(string name, string inNamespace) => new(name, inNamespace, Metrics.For(name), new MockDirectory().Journals.Open(TimeProvider.System), TimeProvider.System);
}
