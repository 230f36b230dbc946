using System.Text.Json;
using MockOperator.Runtime.Tests.CommandLine;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class CheckCommandTests : IDisposable
{
    private readonly LocalDirectory _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Check_is_content_with_a_collection_it_understands()
    {
        string file = _files.Write("pets.json", LocalDirectory.Pets);
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file);
        Assert.Equal(0, code);
        Assert.Contains("pets: 1 examples", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_every_place_also_when_nothing_is_left_to_serve()
    {
        string file = _files.Write("bad.json", """
            {"info":{"name":"x"},"item":[{"name":"a","request":{"url":"/a"},"response":[{"name":"r","code":"abc"},{"name":"s","code":[]}]}]}
            """);
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file);
        Assert.Equal(1, code);
        Assert.Contains("skipped: item[0].response[0].code", output, StringComparison.Ordinal);
        Assert.Contains("skipped: item[0].response[1].code", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"info\":{},\"item\":[]}")]
    [InlineData("this is no JSON")]
    [InlineData("")]
    public async Task Check_fails_on_what_it_does_not_understand_and_says_so_as_JSON(string content)
    {
        string file = _files.Write("broken.json", content);
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file, "--output", "json");
        Assert.Equal(1, code);
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.False(report.RootElement.GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Check_says_what_the_API_server_would_say_and_where()
    {
        string file = _files.Write("typo.yaml", """
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: typo}
            spec:
              collectionRef: {name: petstore}
              respons: {status: 200}
              matching: {mode: strict}
              delay: {milliseconds: 250}
            """);
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file);
        Assert.Equal(1, code);
        Assert.StartsWith($"{file}:6: MockServer typo: unknown field \"spec.respons\"\n", output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(Path.Combine(LocalDirectory.Project, "docs", "cli.md"), Cancel);
        Assert.Contains($"$ kubectl-mock check typo.yaml\n{output.Replace(_files.Path + "/", "", StringComparison.Ordinal)}```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_samples_are_understood_as_they_would_be_applied()
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync(Cancel, "check", Path.Combine(LocalDirectory.Project, "config", "samples"));
        Assert.True(code == 0, output + errors);
        Assert.Contains("petstore.yaml: petstore: 8 examples", output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(Path.Combine(LocalDirectory.Project, "docs", "cli.md"), Cancel);
        Assert.Contains($"$ kubectl-mock check config/samples\n{output.Replace(LocalDirectory.Project + "/", "", StringComparison.Ordinal)}```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_samples_are_applied_together()
    {
        string folder = Path.Combine(LocalDirectory.Project, "config", "samples");
        string kustomization = File.ReadAllText(Path.Combine(folder, "kustomization.yaml"));
        Assert.All(Directory.GetFiles(folder).Select(static file => Path.GetFileName(file)).Where(static name => name != "kustomization.yaml"), name => Assert.Contains(name, kustomization, StringComparison.Ordinal));
    }
}
