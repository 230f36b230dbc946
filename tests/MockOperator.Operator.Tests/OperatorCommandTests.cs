using System.CommandLine;

namespace MockOperator.Operator.Tests;

/// <summary>The program as somebody starts it, with an environment that all tests of the process share.</summary>
[Collection(nameof(OperatorCommandTests))]
[CollectionDefinition(nameof(OperatorCommandTests), DisableParallelization = true)]
public sealed class OperatorCommandTests : IDisposable
{
    private const string Variable = "KUBECONFIG";

    private readonly string _file = Path.GetTempFileName();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public OperatorCommandTests() => Environment.SetEnvironmentVariable(Variable, _file);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        File.Delete(_file);
    }

    [Fact]
    public async Task A_kubeconfig_that_cannot_be_used_is_said_in_a_line()
    {
        await File.WriteAllTextAsync(_file, "current-context: gone\n", TestContext.Current.CancellationToken);
        using var errors = new StringWriter();
        var code = await OperatorCommand.Create().Parse(["run", "--runtime-image", "runtime", "--metrics-port", "0", "--log-level", "None"])
            .InvokeAsync(new InvocationConfiguration { Error = errors }, TestContext.Current.CancellationToken);
        Assert.Equal((1, "Error: The kubeconfig has no context gone."), (code, errors.ToString().TrimEnd()));
    }
}
