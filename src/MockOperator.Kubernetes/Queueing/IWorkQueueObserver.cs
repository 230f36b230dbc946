namespace MockOperator.Kubernetes.Queueing;

/// <summary>Told of what a queue does, under its lock: must be quick. The seam of metrics.</summary>
public interface IWorkQueueObserver
{
    /// <summary>A key was added that was not already waiting.</summary>
    /// <param name="depth">Keys that wait now.</param>
    void Added(int depth);

    /// <summary>A key was taken by a worker.</summary>
    /// <param name="depth">Keys that wait now.</param>
    /// <param name="waited">How long it waited since it was ready.</param>
    void Taken(int depth, TimeSpan waited);

    /// <summary>A worker is done with a key.</summary>
    /// <param name="worked">How long it worked.</param>
    void Finished(TimeSpan worked);

    /// <summary>A key is to be tried again after a failure.</summary>
    void Retried();
}
