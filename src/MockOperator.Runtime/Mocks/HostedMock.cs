using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Mocks;

/// <summary>One mock of this process. It lives as long as the mock has its name; its content is replaced under it.</summary>
internal sealed class HostedMock(string name, string mockNamespace, MockInstruments instruments, CallJournal calls, TimeProvider time)
{
    private readonly CallLimits _limits = new(NewInstance(), time);
    private CallLimits? _neededLimits;
    private CallJournal? _neededJournal;
    private MockContent? _content;

    /// <summary>Name of the MockServer.</summary>
    public string Name { get; } = name;

    /// <summary>Namespace of the MockServer; empty outside a cluster.</summary>
    public string Namespace { get; } = mockNamespace;

    /// <summary>Slows those who guess keys; outlives every edit of the mock.</summary>
    public FailureThrottle Throttle { get; } = new(time, (ulong)Random.Shared.NextInt64());

    /// <summary>The limits by which calls are judged; null when there are none. They outlive every edit of the mock.</summary>
    public CallLimits? Limits => Volatile.Read(ref _neededLimits);

    /// <summary>The limits as the operator talks to them: there is something to tell of those that the mock has lost, too.</summary>
    public CallLimits Limiting => _limits;

    /// <summary>Where calls are written down; null when none is.</summary>
    public CallJournal? Journal => Volatile.Read(ref _neededJournal);

    /// <summary>The calls that are remembered, for those who read them. They outlive every edit of the mock.</summary>
    public CallJournal Calls { get; } = calls;

    /// <summary>Counters of this mock.</summary>
    public MockInstruments Instruments { get; } = instruments;

    /// <summary>What is served now; null before the first content. Read it once per request.</summary>
    public MockContent? Content => Volatile.Read(ref _content);

    /// <summary>Replaces the content. Requests under way finish on the old one.</summary>
    public void Serve(MockContent content)
    {
        // First of all, so that no call of the new content goes uncounted.
        _limits.Follow(content.Quotas, content.RateLimit);
        Volatile.Write(ref _neededLimits, _limits.IsNeeded ? _limits : null);
        Calls.Follow(content.CallLog);
        Volatile.Write(ref _neededJournal, content.CallLog.Keep == CallKeeping.None ? null : Calls);
        Volatile.Write(ref _content, content);
        Instruments.Limited(_limits.Meter);
        Instruments.KeysLoaded(content.Gate.Ring);
        Instruments.Loaded(content.Revision, content.Usage, time.GetUtcNow());
    }

    /// <summary>
    /// Replaces the keys under the content that is served: a key that was taken back must not live on because new content is broken.
    /// </summary>
    public void ReplaceKeys(ApiKeyRing ring)
    {
        if (_content is { } content)
        {
            Volatile.Write(ref _content, content with { Gate = content.Gate.With(ring) });
            Instruments.KeysLoaded(ring);
        }
    }

    /// <summary>Ends: the mock is served no more.</summary>
    public void Close()
    {
        Instruments.Remove();
        Calls.Close();
    }

    // What was granted to one process must never be spent by another.
    private static string NewInstance()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
