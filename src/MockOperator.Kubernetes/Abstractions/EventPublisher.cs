using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Abstractions;

/// <summary>
/// Tells users of something that happened to an object, as a Kubernetes Event. Never blocks and never fails a reconcile; repeats are merged into a series,
/// and when too many wait, the oldest are dropped.
/// </summary>
/// <param name="entity">The object that the event is about.</param>
/// <param name="reason">Why, as one stable CamelCase word.</param>
/// <param name="message">What happened, for people; cut at 1,024 bytes. Never a Secret's value.</param>
/// <param name="type">Whether somebody should act.</param>
/// <param name="cancellationToken">Not used for waiting; an event is dropped when cancelled.</param>
/// <returns>A task that is complete when the event is queued.</returns>
public delegate Task EventPublisher(
    IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type = EventType.Normal, CancellationToken cancellationToken = default);
