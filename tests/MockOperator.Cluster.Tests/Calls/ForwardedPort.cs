using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MockOperator.Cluster.Tests.Calls;

/// <summary><c>kubectl port-forward</c>, as a person runs it.</summary>
internal sealed partial class ForwardedPort : IAsyncDisposable
{
    private readonly Process _process;

    private ForwardedPort(Process process, int port)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Talks to the port of the pod.</summary>
    public HttpClient Http { get; }

    /// <summary>Runs it and waits until it forwards.</summary>
    /// <exception cref="InvalidOperationException">It ends: its message is what kubectl says.</exception>
    public static async Task<ForwardedPort> OpenAsync(string kubeconfig, string space, string what, int port, string? asUser = null)
    {
        var arguments = new List<string> { "-n", space, "port-forward", what, $":{port}" };
        if (asUser is not null)
            arguments.Add($"--as={asUser}");
        var start = new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["KUBECONFIG"] = kubeconfig;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Forwarding().Match(line) is { Success: true } match)
                return new ForwardedPort(process, int.Parse(match.Groups[1].Value));
        }

        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.Dispose();
        throw new InvalidOperationException(said);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex("^Forwarding from 127\\.0\\.0\\.1:([0-9]+) ")]
    private static partial Regex Forwarding();
}
