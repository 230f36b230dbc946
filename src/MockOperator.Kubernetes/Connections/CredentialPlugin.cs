using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using k8s.Authentication;

namespace MockOperator.Kubernetes.Connections;

/// <summary>A program that the kubeconfig names and that knows the caller's credentials, such as <c>aws eks get-token</c>. It is asked once, and again when its token is about to expire.</summary>
/// <param name="exec">How it is run.</param>
/// <param name="cluster">What it is told of the cluster, where it wants to be told.</param>
/// <param name="directory">Folder of the kubeconfig: a command with a slash is looked for from there.</param>
/// <param name="time">The clock.</param>
internal sealed class CredentialPlugin(KubeconfigDocument.ExecEntry exec, ExecCredential.Target? cluster, string directory, TimeProvider time) : ITokenProvider, IDisposable
{
    private const string Version1 = "client.authentication.k8s.io/v1";
    private const string Beta = "client.authentication.k8s.io/v1beta1";
    private const int LongestAnswer = 1024 * 1024;

    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1);
    private ExecCredential.Answer? _answer;

    /// <summary>Asks it.</summary>
    /// <exception cref="KubeconfigException">It is not there, failed, or said what nobody understands.</exception>
    public ExecCredential.Answer Ask() => _answer = Run();

    /// <inheritdoc/>
    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_answer is not { } answer || answer.ExpirationTimestamp - Early <= time.GetUtcNow())
                answer = await Task.Run(Ask, cancellationToken);
            return new AuthenticationHeaderValue("Bearer", answer.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private ExecCredential.Answer Run()
    {
        if (string.IsNullOrWhiteSpace(exec.Command))
            throw new KubeconfigException("The kubeconfig has a user with `exec` and no `command` in it.");
        if (exec.ApiVersion is not (Version1 or Beta))
            throw new KubeconfigException($"The credential plugin {exec.Command} of the kubeconfig speaks {exec.ApiVersion ?? "no version"}; {Version1} and {Beta} are understood. Renew the kubeconfig by the tool that wrote it.");
        var interactive = exec.InteractiveMode != "Never" && !Console.IsInputRedirected;
        if (exec.InteractiveMode == "Always" && !interactive)
            throw new KubeconfigException($"The credential plugin {exec.Command} wants to ask, and there is no terminal. Log in at one first.");

        using var process = new Process { StartInfo = StartInfo(interactive) };
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            throw new KubeconfigException($"The credential plugin {exec.Command}, which the kubeconfig names, cannot be run: {e.Message}. {exec.InstallHint}".TrimEnd(), e);
        }

        if (!interactive)
            process.StandardInput.Close();
        var isCutOff = false;
        string output;
        // Neither what it says nor its end is waited for longer.
        using (time.CreateTimer(CutOff, null, Patience, Timeout.InfiniteTimeSpan))
        {
            output = ReadOutput(process);
            process.WaitForExit();
        }

        return isCutOff ? throw new KubeconfigException($"The credential plugin {exec.Command} does not come to an end.")
            : process.ExitCode == 0 ? Understand(output)
            : throw new KubeconfigException($"The credential plugin {exec.Command} failed with exit code {process.ExitCode}; what it said stands above. Log in as it wants it, then try again.");

        void CutOff(object? state)
        {
            isCutOff = true;
            Kill(process);
        }
    }

    private ProcessStartInfo StartInfo(bool interactive)
    {
        var command = exec.Command!;
        var hasFolder = command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        // What it says to people goes to their standard error, past us.
        var start = new ProcessStartInfo(hasFolder ? Path.Combine(directory, command) : command, exec.Args ?? [])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = !interactive,
        };
        foreach (var variable in exec.Env ?? [])
        {
            if (!string.IsNullOrEmpty(variable.Name))
                start.Environment[variable.Name] = variable.Value;
        }

        var told = new ExecCredential
        {
            ApiVersion = exec.ApiVersion,
            Kind = nameof(ExecCredential),
            Spec = new ExecCredential.Request { Interactive = interactive, Cluster = exec.ProvideClusterInfo ? cluster : null },
        };
        start.Environment["KUBERNETES_EXEC_INFO"] = JsonSerializer.Serialize(told, KubeconfigJson.Default.ExecCredential);
        return start;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has just ended by itself, or some of its children have.
        }
    }

    private static string ReadOutput(Process process)
    {
        var output = new char[LongestAnswer];
        var length = process.StandardOutput.ReadBlock(output);
        return new string(output, 0, length);
    }

    private ExecCredential.Answer Understand(string output)
    {
        ExecCredential? credential;
        try
        {
            credential = JsonSerializer.Deserialize(output, KubeconfigJson.Default.ExecCredential);
        }
        catch (JsonException)
        {
            credential = null;
        }

        // Nothing of it is quoted: it may be a credential.
        if (credential?.ApiVersion != exec.ApiVersion)
            throw new KubeconfigException($"The credential plugin {exec.Command} answered what is no ExecCredential of {exec.ApiVersion}.");
        return credential!.Status is { } answer && (!string.IsNullOrEmpty(answer.Token) || !(string.IsNullOrEmpty(answer.ClientCertificateData) || string.IsNullOrEmpty(answer.ClientKeyData)))
            ? answer
            : throw new KubeconfigException($"The credential plugin {exec.Command} gave neither a token nor a certificate.");
    }
}
