using System.Security.Cryptography;
using System.Text;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Operator.Control;

/// <summary>
/// Finds the operator's key: in its file, or else by creating the Secret that the file is mounted from. The operator may create that Secret but never read
/// one: a leader that finds it taken waits for its kubelet to mount it.
/// </summary>
public sealed partial class ControlKeySource(ControlKey key, ControlKeyOptions options, ResourceClient client, TimeProvider time, ILogger<ControlKeySource> log) : ILeaderTask
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (TryReadFile() || await TryCreateAsync(cancellationToken))
        {
            return;
        }

        LogWaiting(options.SecretName, options.File);
        await RefreshMountAsync(cancellationToken);
        while (!TryReadFile())
        {
            await Task.Delay(s_lookAgain, time, cancellationToken);
        }
    }

    private bool TryReadFile()
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(options.File);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        ReadOnlySpan<byte> trimmed = content.AsSpan().Trim(" \t\r\n"u8);
        if (trimmed.Length < ControlTokens.ShortestKey)
        {
            LogTooShort(options.File, ControlTokens.ShortestKey);
            return false;
        }

        key.Set(trimmed);
        return true;
    }

    private async Task<bool> TryCreateAsync(CancellationToken cancellation)
    {
        byte[] made = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * ControlTokens.ShortestKey, lowercase: true));
        var secret = new V1Secret
        {
            Metadata = new V1ObjectMeta
            {
                Name = options.SecretName,
                NamespaceProperty = options.Namespace,
                Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app.kubernetes.io/name"] = "mock-operator" },
            },
            Type = "Opaque",
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [options.SecretKey] = made },
        };
        if (await client.CreateIfAbsentAsync(secret, cancellation) is null)
        {
            return false;
        }

        LogCreated(options.Namespace, options.SecretName);
        key.Set(made);
        return true;
    }

    private async Task RefreshMountAsync(CancellationToken cancellation)
    {
        if (options.PodName is { } pod)
        {
            var now = new Dictionary<string, string?>(StringComparer.Ordinal) { ["mockoperator.dev/control-key-wanted"] = time.GetUtcNow().ToString("O") };
            await client.AnnotateAsync<V1Pod>(new ObjectKey(options.Namespace, pod), now, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created the control key as Secret {Namespace}/{Secret}")]
    private partial void LogCreated(string @namespace, string secret);

    [LoggerMessage(Level = LogLevel.Information, Message = "The Secret {Secret} exists: waiting for it to be mounted as {File}. Outside a cluster give its content by --control-key-file")]
    private partial void LogWaiting(string secret, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The control key in {File} is not used: it must have at least {Bytes} bytes")]
    private partial void LogTooShort(string file, int bytes);
}
