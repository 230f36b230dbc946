namespace MockOperator.Resources;

/// <summary>A call of a mock, as the pod that answered it remembers it.</summary>
public sealed record MockCall
{
    /// <summary>Names the call among those of all pods.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the MockServer.</summary>
    public required string Mock { get; init; }

    /// <summary>Namespace of the MockServer; empty outside a cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>When the answer was sent, or given up. Calls of a pod come in this order.</summary>
    public required DateTimeOffset ServedAt { get; init; }

    /// <summary>
    /// How it ended, as the metrics say it: <c>matched</c>, <c>no_match</c>, <c>no_example</c>, <c>server_response</c>, <c>explained</c>, <c>unauthorized</c>, <c>rejected</c>, <c>aborted</c>,
    /// <c>error</c>.
    /// </summary>
    public required string Outcome { get; init; }

    /// <summary>Milliseconds in the pod, without the delay that was injected.</summary>
    public required double DurationMilliseconds { get; init; }

    /// <summary>Milliseconds of the delay that was injected; null for none.</summary>
    public double? DelayMilliseconds { get; init; }

    /// <summary>Revision of the content that answered; null when there was none.</summary>
    public string? Revision { get; init; }

    /// <summary>Who called.</summary>
    public required Caller Caller { get; init; }

    /// <summary>What was asked.</summary>
    public required CalledRequest Request { get; init; }

    /// <summary>What was answered.</summary>
    public required CalledResponse Response { get; init; }

    /// <summary>The example that answered; null when none did.</summary>
    public CalledExample? Example { get; init; }

    /// <summary>For a call that no example answered: the nearest ones, and why each lost. Null when they were not asked for.</summary>
    public IReadOnlyList<NearExample>? Nearest { get; init; }
}
