using System.Security.Cryptography;
using System.Text;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Operator.Control;

/// <summary>
/// Finds the operator's key: in its file, or else by creating the Secret that the file is mounted from. The operator may create that Secret but never read
/// one: a leader that finds it taken waits for its kubelet to mount it. It never gives up; after <see cref="Patience"/> it says what is missing.
/// </summary>
public sealed partial class ControlKeySource(ControlKey key, ControlKeyOptions options, ResourceClient client, TimeProvider time, ILogger<ControlKeySource> log) : ILeaderTask
{
    /// <summary>How long a kubelet may take to mount the key before mocks say that it is missing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A file costs nothing to look at; the API server is asked again in case that the Secret was deleted, or a right was given.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_createAgain = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long begun = time.GetTimestamp();
        TimeSpan create = TimeSpan.Zero;
        string refusal = "";
        while (!TryReadFile(out string problem))
        {
            TimeSpan waited = time.GetElapsedTime(begun);
            if (waited >= create)
            {
                bool isFirst = create == TimeSpan.Zero;
                create = waited + s_createAgain;
                try
                {
                    if (await TryCreateAsync(cancellationToken))
                    {
                        return;
                    }

                    refusal = "";
                    if (isFirst)
                    {
                        LogWaiting(options.SecretName, options.File);
                        await RefreshMountAsync(cancellationToken);
                    }
                }
                catch (ApiException failure)
                {
                    refusal = $"; the API server says: {failure.Message}";
                }
            }

            if (waited >= Patience)
            {
                Miss(problem + refusal);
            }

            await Task.Delay(s_lookAgain, time, cancellationToken);
        }
    }

    private void Miss(string problem)
    {
        string told = $"the operator has no control key and changes no mock: {problem}. Give the Secret '{options.SecretName}' in namespace '{options.Namespace}' an entry "
            + $"'{options.SecretKey}' of at least {ControlTokens.ShortestKey} bytes, or delete it and it is made anew";
        if (key.Problem != told)
        {
            LogMissing(told);
            key.Miss(told);
        }
    }

    private bool TryReadFile(out string problem)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(options.File);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = error is UnauthorizedAccessException ? $"{options.File} may not be read" : $"there is no {options.File}";
            return false;
        }

        ReadOnlySpan<byte> trimmed = content.AsSpan().Trim(" \t\r\n"u8);
        if (trimmed.Length < ControlTokens.ShortestKey)
        {
            problem = $"{options.File} has fewer than {ControlTokens.ShortestKey} bytes";
            return false;
        }

        key.Set(trimmed);
        problem = "";
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

    [LoggerMessage(Level = LogLevel.Error, Message = "No mock can be served anew: {Problem}")]
    private partial void LogMissing(string problem);
}
