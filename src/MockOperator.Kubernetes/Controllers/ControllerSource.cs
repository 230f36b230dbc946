using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>Feeds a controller's queue from a store; disposing it stops that.</summary>
/// <param name="enqueue">Takes a key, a delay (zero for now) and a priority.</param>
/// <returns>What ends the feeding.</returns>
public delegate IDisposable ControllerSource(Action<ObjectKey, TimeSpan, QueuePriority> enqueue);
