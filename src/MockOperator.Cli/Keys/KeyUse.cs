using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Client.Ports;
using MockOperator.Kubernetes.Forwarding;
using MockOperator.Resources;

namespace MockOperator.Cli.Keys;

/// <summary>What the pods of a mock know of its keys: which are valid, how many calls each admitted since the pods began, and who showed it of late.</summary>
internal sealed class KeyUse(MockPorts ports, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks all pods that are ready.</summary>
    /// <returns>The valid keys of each pod with the calls that they admitted; null for a pod that did not say.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>?>> AskAsync(CancellationToken cancellationToken)
    {
        var pods = await ports.FindReadyAsync(cancellationToken);
        var answers = await Task.WhenAll(pods.Select(pod => AskAsync(pod.Metadata.Name, cancellationToken)));
        return pods.Select((pod, i) => (pod.Metadata.Name, Answer: answers[i])).ToDictionary(one => one.Name, one => one.Answer, StringComparer.Ordinal);
    }

    /// <summary>Whether a pod may have a key that it does not name: it names only the first, and says of the others that there are some.</summary>
    /// <param name="keys">What the pod said; null for nothing.</param>
    /// <param name="name">Name of the key.</param>
    public static bool MayHide(IReadOnlyDictionary<string, double>? keys, string name) => keys is not null && keys.ContainsKey(ApiKeyRules.OtherKeys) && !keys.ContainsKey(name);

    /// <summary>Who showed a key of late, by the calls that the pods remember: address, calls, and when last.</summary>
    public static async Task<IReadOnlyList<(string Address, int Calls, DateTimeOffset Last)>> CallersAsync(MockCalls calls, string key, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var listing = await calls.ReadAsync(new CallFilter { Since = since }, CallsPort.MostOfPage, null, cancellationToken);
        return
        [
            .. listing.Calls.Where(call => call.Call.Caller.Key == key)
                .GroupBy(call => call.Call.Caller.Address ?? "unknown", StringComparer.Ordinal)
                .Select(group => (Printable.Line(group.Key), group.Count(), group.Max(call => call.Call.ServedAt)))
                .OrderByDescending(caller => caller.Item2),
        ];
    }

    private async Task<IReadOnlyDictionary<string, double>?> AskAsync(string pod, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return (await ports.ReadMetricsAsync(pod, either.Token)).KeyRequests;
        }
        catch (PodPortException e) when (e.Kind == PodPortFailure.Forbidden)
        {
            throw new CommandException(e.Message, e);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (e is HttpRequestException or IOException or OperationCanceledException))
        {
            return null;
        }
    }
}
