namespace MockOperator.Runtime.Mocks;

/// <summary>What the probes and the request path need to know of the process as a whole.</summary>
internal sealed class RuntimeState
{
    private volatile bool _draining;
    private volatile bool _loaded;

    /// <summary>Whether the process is about to end: not ready, and answers ask clients to reconnect elsewhere.</summary>
    public bool IsDraining => _draining;

    /// <summary>Whether content is served and will go on being served.</summary>
    public bool IsReady => _loaded && !_draining;

    /// <summary>Says that the first content is served.</summary>
    public void ContentLoaded() => _loaded = true;

    /// <summary>Says that the process is about to end.</summary>
    public void BeginDrain() => _draining = true;
}
