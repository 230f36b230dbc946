using System.Collections.Concurrent;
using MockOperator.Operator.Control;

namespace MockOperator.Operator.Tests.Control;

/// <summary>Pods that answer as a test says.</summary>
internal sealed class ScriptedDialer : IPodDialer
{
    private int _running;

    /// <summary>What a pod answers, or how it fails.</summary>
    public Func<RuntimePod, string, CancellationToken, Task<RevisionReply>> Answer { get; set; } = Always(static _ => new RevisionReply("", 0, null));

    /// <summary>The names of the pods that were asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Asks that are under way.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Pods that answer at once.</summary>
    public static Func<RuntimePod, string, CancellationToken, Task<RevisionReply>> Always(Func<string, RevisionReply> answer) => (_, revision, _) => Task.FromResult(answer(revision));

    /// <summary>A pod that takes the connection, or not even that, and says nothing.</summary>
    public static async Task<RevisionReply> Silence(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("nothing ends silence but the cancellation");
    }

    public async Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _running);
        try
        {
            Asked.Enqueue(pod.Name);
            await Task.Yield();
            return await Answer(pod, revision, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
