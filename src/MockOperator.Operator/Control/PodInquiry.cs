namespace MockOperator.Operator.Control;

/// <summary>What is known of one pod and one revision. Written by the one task that asks, read by reconciles.</summary>
internal sealed class PodInquiry(RuntimePod pod, string revision, CancellationTokenSource cancellation)
{
    private volatile bool _acknowledged;
    private volatile bool _stale;
    private volatile string? _problem;
    private volatile string? _keyProblem;

    public RuntimePod Pod { get; } = pod;

    public string Revision { get; } = revision;

    public bool Acknowledged { get => _acknowledged; set => _acknowledged = value; }

    /// <summary>Whether the pod answered with an older revision after the wait.</summary>
    public bool Stale { get => _stale; set => _stale = value; }

    public string? Problem { get => _problem; set => _problem = value; }

    /// <summary>Why the pod, which serves the revision, refuses every call.</summary>
    public string? KeyProblem { get => _keyProblem; set => _keyProblem = value; }

    public CancellationToken Cancelled { get; } = cancellation.Token;

    public void Cancel()
    {
        cancellation.Cancel();
        cancellation.Dispose();
    }
}
