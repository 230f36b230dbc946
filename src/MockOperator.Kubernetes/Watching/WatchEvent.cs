using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Watching;

/// <summary>One event of a watch.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <param name="Kind">What it says.</param>
/// <param name="Entity">The object, when there is one.</param>
/// <param name="ResourceVersion">The version that the watch has come to; null when the event names none.</param>
/// <param name="Error">What the server said, of <see cref="WatchEventKind.Error"/>.</param>
/// <param name="Unreadable">What could not be read, of <see cref="WatchEventKind.Unreadable"/>.</param>
public readonly record struct WatchEvent<T>(
    WatchEventKind Kind, T? Entity, string? ResourceVersion, ApiError? Error = null, UnreadableObject? Unreadable = null)
    where T : class;
