using MockOperator.Runtime.Tests.CommandLine;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class MockCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_version_is_told()
    {
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "--version");
        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Fact]
    public async Task The_help_speaks_of_what_is_typed_where_kubectl_is()
    {
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "serve", "--help");
        Assert.Equal(0, code);
        Assert.Contains("kubectl mock serve <path>...", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("serve")]
    [InlineData("serve", "x.json", "--port", "70000")]
    [InlineData("serve", "x.json", "--port", "many")]
    [InlineData("serve", "x.json", "--address", "nowhere")]
    [InlineData("pack", "x.json")]
    [InlineData("pack", "x.json", "--name", "Not A Name")]
    public async Task A_wrong_command_line_says_what_is_wrong(params string[] arguments)
    {
        (int code, _, string errors) = await ProgramProcess.RunAsync(Cancel, arguments);
        Assert.Equal(1, code);
        Assert.NotEmpty(errors);
    }
}
