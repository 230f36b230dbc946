namespace MockOperator.Resources;

/// <summary>
/// What each pod of a mock remembers of its calls. It is kept in memory, by each pod for itself, and ends with the pod. Whoever may forward a port to the pod (<c>get</c> and <c>create</c>
/// on <c>pods/portforward</c>) may read it, nobody else.
/// </summary>
public sealed record CallLogSpec
{
    /// <summary>Which calls. Default <see cref="CallKeeping.All"/>.</summary>
    public CallKeeping? Keep { get; init; }

    /// <summary>Most calls that a pod remembers, 1 to 100,000: the oldest make room. Default 1000.</summary>
    public int? Entries { get; init; }

    /// <summary>Most memory that they take in a pod, a quantity from <c>64Ki</c> to <c>256Mi</c>: the oldest make room. Default <c>4Mi</c>.</summary>
    public string? Bytes { get; init; }

    /// <summary>What is remembered of bodies. Default <see cref="CallBodies.Truncated"/>.</summary>
    public CallBodies? Bodies { get; init; }

    /// <summary>
    /// Names of headers whose values are masked before anything is remembered, besides <c>Authorization</c>, <c>Proxy-Authorization</c>, <c>Cookie</c>, <c>Set-Cookie</c> and the headers of keys,
    /// which always are. At most 32.
    /// </summary>
    public IReadOnlyList<string>? RedactHeaders { get; init; }

    /// <summary>Whether each call that is kept is written to the pod's log as well, as a line of JSON without bodies. Default false.</summary>
    public bool? Stdout { get; init; }
}
