namespace MockOperator.Kubernetes.Client;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <param name="Items">The objects that could be read.</param>
/// <param name="ResourceVersion">The version of the whole list.</param>
/// <param name="Continue">Where the next page begins; null on the last.</param>
/// <param name="Unreadable">Objects that are there but could not be read as <typeparamref name="T"/>.</param>
public sealed record ResourcePage<T>(
    IReadOnlyList<T> Items, string ResourceVersion, string? Continue, IReadOnlyList<UnreadableObject> Unreadable);
