using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using k8s.Models;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Client.Ports;
using MockOperator.Client.Workloads;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Cli.Keys;

/// <summary>The steps of docs/private-mocks.md, "Rotate a key": both keys are valid between them, so that no caller is refused at any moment.</summary>
/// <param name="call">Whose cluster and console.</param>
/// <param name="mock">The mock.</param>
internal sealed class KeyRotation(ClusterCall call, MockServer mock)
{
    private const int KeyBytes = 32;
    private const string KeysAwaited = "mockoperator.dev/keys-awaited";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly KeyUse _use = new(new MockPorts(call.Cluster, call.Key(mock.Metadata.Name)), call.Cluster.Time);

    /// <summary>A name for the key that follows one: <c>frontend</c>, <c>frontend-2</c>, <c>frontend-3</c>.</summary>
    public static string NextName(string old, IEnumerable<string> taken)
    {
        var names = taken.ToHashSet(StringComparer.Ordinal);
        var dash = old.LastIndexOf('-');
        var hasNumber = dash > 0 && int.TryParse(old.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var stem = hasNumber ? old[..dash] : old;
        var next = hasNumber ? int.Parse(old.AsSpan(dash + 1), CultureInfo.InvariantCulture) + 1 : 2;
        while (names.Contains($"{stem}-{next}"))
            next++;
        return $"{stem}-{next}";
    }

    /// <summary>Adds a new key of 256 bits.</summary>
    /// <param name="secret">Where to.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ApiException">The caller may not, or the server cannot be reached.</exception>
    public async Task<string> AddAsync(KeySecret secret, string name, CancellationToken cancellationToken)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        await PatchAsync(secret, name, Encoding.ASCII.GetBytes(key), cancellationToken);
        return key;
    }

    /// <summary>Removes a key. Calls that still show it are refused as soon as the pods know.</summary>
    /// <exception cref="ApiException">The caller may not, or the server cannot be reached.</exception>
    public Task RemoveAsync(KeySecret secret, string name, CancellationToken cancellationToken) => PatchAsync(secret, name, null, cancellationToken);

    /// <summary>Has the kubelets look for the Secret at once. Where the caller may not touch pods, they look within a minute or two.</summary>
    public async Task TouchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var annotation = new Dictionary<string, string?>(StringComparer.Ordinal) { [KeysAwaited] = call.Cluster.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
            foreach (var pod in await new MockPods(call.Cluster.Api, call.Key(mock.Metadata.Name)).ListAsync(cancellationToken))
                await call.Cluster.Api.AnnotateAsync<Pod>(ObjectKey.Of(pod), annotation, cancellationToken);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden)
        {
            await call.Console.Error.WriteLineAsync("You may not touch the pods (`patch` on `pods`), so it takes them a minute or two to notice.");
        }
    }

    /// <summary>Waits until every pod that is ready has a key, or no longer has it.</summary>
    /// <param name="name">Name of the key.</param>
    /// <param name="isThere">Whether it is to be there.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether all are as they should be; false when patience ended, null when it cannot be seen, because pods do not name so many keys.</returns>
    public async Task<bool?> WaitAsync(string name, bool isThere, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = call.Cluster.Time.GetTimestamp();
        var told = -1;
        while (true)
        {
            var pods = await _use.AskAsync(cancellationToken);
            if (pods.Values.Any(keys => KeyUse.MayHide(keys, name)))
            {
                await call.Console.Error.WriteLineAsync($"The mock has more keys than the {ApiKeyRules.MostCounted} that pods name in their metrics, and {name} is not among those: whether they {(isThere ? "have" : "have dropped")} it cannot be seen.");
                return null;
            }

            var done = pods.Values.Count(keys => keys is not null && keys.ContainsKey(name) == isThere);
            if (pods.Count == 0)
                await call.Console.Error.WriteLineAsync("No pod is ready; those to come read the Secret when they begin.");
            else if (done != told)
                await call.Console.Error.WriteLineAsync($"{done} of {pods.Count} pods {(isThere ? "have" : "have dropped")} the key {name}");
            told = done;
            if (done == pods.Count)
                return true;
            if (call.Cluster.Time.GetElapsedTime(began) >= patience)
                return false;
            await Task.Delay(Pause, call.Cluster.Time, cancellationToken);
        }
    }

    /// <summary>Tells who showed a key of late.</summary>
    /// <param name="name">Name of the key.</param>
    /// <param name="window">How long that reaches back.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether anybody did.</returns>
    public async Task<bool> TellUseAsync(string name, TimeSpan window, CancellationToken cancellationToken)
    {
        var pods = await _use.AskAsync(cancellationToken);
        var total = pods.Values.Any(keys => KeyUse.MayHide(keys, name))
            ? $"it is not among the {ApiKeyRules.MostCounted} keys that pods count by name"
            : $"{Amount.Of((long)pods.Values.OfType<IReadOnlyDictionary<string, double>>().Sum(keys => keys.GetValueOrDefault(name)))} calls since the pods began";
        using var calls = new MockCalls(call.Cluster.Api, call.Key(mock.Metadata.Name), time: call.Cluster.Time);
        var callers = await KeyUse.CallersAsync(calls, name, call.Cluster.Time.GetUtcNow() - window, cancellationToken);
        var error = call.Console.Error;
        await error.WriteLineAsync(callers.Count == 0
            ? $"Nobody showed the key {name} in the last {Age.Of(window)}, as far as the pods remember; {total}."
            : $"The key {name} is still used ({total}). In the last {Age.Of(window)} by:");
        foreach (var (address, count, last) in callers.Take(20))
            await error.WriteLineAsync($"  {address}  {Amount.Of(count)} calls, the last {Age.Since(last, call.Console.Time)} ago");
        return callers.Count > 0;
    }

    private async Task PatchAsync(KeySecret secret, string name, byte[]? value, CancellationToken cancellationToken)
    {
        using var patch = new MemoryStream();
        using (var json = new Utf8JsonWriter(patch))
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            if (value is null)
                json.WriteNull(name);
            else
                json.WriteBase64String(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        try
        {
            await call.Cluster.Api.MergePatchAsync<MetadataOf<V1Secret>>(secret.Key, patch.ToArray(), cancellationToken);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden && e.Code == System.Net.HttpStatusCode.Forbidden)
        {
            throw new CommandException($"You may not change the Secret {secret.Key.Name} in the namespace {secret.Key.Namespace}: that takes the right `patch` on `secrets`.", e);
        }
    }
}
