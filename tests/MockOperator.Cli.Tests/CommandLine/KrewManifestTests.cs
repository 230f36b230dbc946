using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed partial class KrewManifestTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("krew-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_manifest_of_a_release_is_what_krew_takes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for bash.");
        foreach (var platform in (string[])["linux_amd64", "linux_arm64", "windows_amd64"])
            await File.WriteAllTextAsync(Path.Combine(_directory, $"kubectl-mock_{platform}.tar.gz"), platform, TestContext.Current.CancellationToken);
        var (code, output, errors) = await RunAsync("1.2.3", "https://example.com/releases/v1.2.3/", _directory);
        Assert.Equal((0, ""), (code, errors));
        Assert.True(YamlDocuments.TryRead(new StringReader(output), out var documents, out var problem), problem);
        var manifest = JsonNode.Parse(Assert.Single(documents).Json.Span)!;

        // https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/ and internal/index/validation of krew.
        Assert.Equal(("krew.googlecontainertools.github.com/v1alpha2", "Plugin", "mock"), ((string?)manifest["apiVersion"], (string?)manifest["kind"], (string?)manifest["metadata"]!["name"]));
        Assert.Equal("v1.2.3", (string?)manifest["spec"]!["version"]);
        Assert.InRange(((string)manifest["spec"]!["shortDescription"]!).Length, 10, 50);
        var platforms = manifest["spec"]!["platforms"]!.AsArray();
        Assert.Equal(["linux/amd64", "linux/arm64", "windows/amd64"], platforms.Select(platform => $"{platform!["selector"]!["matchLabels"]!["os"]}/{platform["selector"]!["matchLabels"]!["arch"]}"));
        foreach (var platform in platforms)
        {
            var labels = platform!["selector"]!["matchLabels"]!;
            Assert.Equal($"https://example.com/releases/v1.2.3/kubectl-mock_{labels["os"]}_{labels["arch"]}.tar.gz", (string?)platform["uri"]);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{labels["os"]}_{labels["arch"]}"))), (string?)platform["sha256"]);
            Assert.StartsWith("kubectl-mock", (string?)platform["bin"], StringComparison.Ordinal);
        }

        Assert.DoesNotMatch(Placeholder(), output);
    }

    [Theory]
    [InlineData("http://example.com", "https alone")]
    [InlineData("https://example.com", "no archive")]
    public async Task What_krew_would_refuse_is_refused(string address, string said)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for bash.");
        var (code, output, errors) = await RunAsync("1.2.3", address, _directory);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Script(), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
                return Path.Combine(folder.FullName, "hack", "krew");
        }

        throw new InvalidOperationException("These tests run inside the repository.");
    }

    [GeneratedRegex("VERSION|ADDRESS|SHA256")]
    private static partial Regex Placeholder();
}
