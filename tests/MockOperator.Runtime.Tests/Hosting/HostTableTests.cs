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

    [Theory]
    [InlineData("localhost:8080", "/pets/1/toys?a=b", "a", "/1/toys?a=b")]
    [InlineData("127.0.0.1", "/pets", "a", "/")]
    [InlineData("[::1]:8080", "/pets?a=b", "a", "/?a=b")]
    [InlineData("host.docker.internal", "/pets.a//1", "a", "//1")]
    [InlineData("", "/PETS/", "a", "/")]
    [InlineData("localhost", "/petsx", null, "/petsx")]
    [InlineData("localhost", "/", null, "/")]
    [InlineData("localhost", "/1/pets", null, "/1/pets")]
    [InlineData("nobody.localhost:8080", "/pets/1", null, "/pets/1")]
    public void Where_no_host_names_a_mock_the_path_may(string host, string target, string? expected, string rest)
    {
        var table = new HostTable([Mock("pets", "a"), Mock("shops", "b")]) { TellsNames = true };

        Assert.Equal(expected, table.FindByPath(host, target, out string found)?.Namespace);
        Assert.Equal(rest, found);
    }

    [Fact]
    public void A_path_names_no_mock_among_tenants() => Assert.Null(new HostTable([Mock("pets", "a"), Mock("shops", "b")]).FindByPath("localhost", "/pets/1", out _));

    private static HostedMock Mock(string name, string inNamespace) => new(name, inNamespace, Metrics.For(name), new MockDirectory().Journals.Open(TimeProvider.System), TimeProvider.System);
}
