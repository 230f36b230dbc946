using System.Collections.Concurrent;
using MockOperator.Operator.Control;
using MockOperator.Operator.Tests.Quotas;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>Plays the runtimes in the pods, as far as they count calls: each keeps to what it was granted, and asks for more.</summary>
internal sealed class CountingPods
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);
    private readonly ConcurrentDictionary<string, ModelPod> _pods = new(StringComparer.Ordinal);

    /// <summary>Exchanges so far.</summary>
    public int Exchanges { get; private set; }

    /// <summary>Calls that were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>The pods that have heard of a quota.</summary>
    public ICollection<string> Names => _pods.Keys;

    /// <summary>Calls a pod.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it answered.</returns>
    public bool TryCall(string name)
    {
        if (!_pods.TryGetValue(name, out ModelPod? pod))
        {
            return false;
        }

        lock (pod)
        {
            bool isAnswered = pod.TryAnswer(out _);
            Answered += isAnswered ? 1 : 0;
            pod.HasCalls = true;
            return isAnswered;
        }
    }

    /// <summary>No more calls come to a pod.</summary>
    public void Rest(string name)
    {
        ModelPod pod = _pods[name];
        lock (pod)
        {
            pod.HasCalls = false;
        }
    }

    /// <summary>Whether a pod was told that the limit is reached.</summary>
    public bool IsRefused(string name)
    {
        if (!_pods.TryGetValue(name, out ModelPod? pod))
        {
            return false;
        }

        lock (pod)
        {
            return pod.IsRefused;
        }
    }

    /// <summary>A pod ends in good order.</summary>
    public void Drain(string name)
    {
        ModelPod pod = _pods[name];
        lock (pod)
        {
            pod.End();
        }
    }

    public async Task<QuotaReport> ExchangeAsync(RuntimePod pod, QuotaInstructions instructions, bool isSilent, CancellationToken cancellation)
    {
        if (isSilent)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        ModelPod process = _pods.GetOrAdd(pod.Name, _ => new ModelPod(pod.Uid, "process-" + pod.Uid));
        lock (process)
        {
            Exchanges++;
            process.Hear(instructions);
        }

        DateTime end = DateTime.UtcNow.AddSeconds(Math.Min(instructions.WaitSeconds, 0.3));
        while (true)
        {
            lock (process)
            {
                if (process.HasNews(instructions.Heard) || DateTime.UtcNow >= end)
                {
                    return process.Tell();
                }
            }

            await Task.Delay(s_poll, cancellation);
        }
    }
}
