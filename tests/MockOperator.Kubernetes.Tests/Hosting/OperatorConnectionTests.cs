using Microsoft.Extensions.DependencyInjection;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Connections;
using MockOperator.Kubernetes.Hosting;

namespace MockOperator.Kubernetes.Tests.Hosting;

/// <summary>What an operator takes from its environment, which all tests of the process share.</summary>
[Collection(nameof(OperatorConnectionTests))]
[CollectionDefinition(nameof(OperatorConnectionTests), DisableParallelization = true)]
public sealed class OperatorConnectionTests : IDisposable
{
    private const string Variable = "KUBECONFIG";

    private readonly string _file = Path.GetTempFileName();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public OperatorConnectionTests() => Environment.SetEnvironmentVariable(Variable, _file);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        File.Delete(_file);
    }

    [Fact]
    public void An_operator_goes_where_the_kubeconfig_leads()
    {
        File.WriteAllText(_file, "current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://api.example.com:6443'}}]\n");
        using var services = Operator();
        Assert.Equal(new Uri("https://api.example.com:6443/"), services.GetRequiredService<ApiTransport>().Server);
    }

    [Fact]
    public void A_kubeconfig_that_cannot_be_used_ends_it_with_the_reason()
    {
        File.WriteAllText(_file, "current-context: x\n");
        using var services = Operator();
        Assert.Equal("The kubeconfig has no context x.", Assert.Throws<KubeconfigException>(services.GetRequiredService<ApiTransport>).Message);
    }

    private static ServiceProvider Operator()
    {
        var services = new ServiceCollection();
        services.AddKubernetesOperator();
        return services.BuildServiceProvider();
    }
}
