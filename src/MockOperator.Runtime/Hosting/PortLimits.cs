using MockOperator.Runtime.Connections;

namespace MockOperator.Runtime.Hosting;

/// <summary>What one port takes at most. Each port has its own, so that a flood on one leaves the others alone.</summary>
internal sealed record PortLimits
{
    /// <summary>
    /// Open connections; the one whose client has been waited for longest makes room for another (<see cref="ConnectionTable"/>).
    /// </summary>
    public required int Connections { get; init; }

    /// <summary>Bytes of a request body; 0 where no body is expected, null where the application judges.</summary>
    public required long? BodyBytes { get; init; }

    /// <summary>Bytes of a request line.</summary>
    public required int LineBytes { get; init; }

    /// <summary>Bytes of all headers of a request.</summary>
    public required int HeadBytes { get; init; }

    /// <summary>Time that a connection stays open without a request.</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>Time within which the head of a request must arrive.</summary>
    public required TimeSpan Head { get; init; }

    /// <summary>Bytes a second that a client must send of a body, and take of an answer, once <see cref="Grace"/> is over.</summary>
    public double BytesPerSecond { get; init; } = 2048;

    /// <summary>Time that a client has before its speed is judged.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Limits of the port that serves mocks, with room for <paramref name="connections"/>. Proxies keep connections open for a minute and take it ill when the server closes
    /// them first.
    /// </summary>
    public static PortLimits Mocks(int connections) =>
        new() { Connections = connections, BodyBytes = null, LineBytes = 32 * 1024, HeadBytes = 64 * 1024, KeepAlive = TimeSpan.FromSeconds(130), Head = TimeSpan.FromSeconds(15) };

    /// <summary>Limits of the port for metrics and probes, and of that which the operator talks to. A body is allowed request by request, once the token was judged.</summary>
    public static PortLimits Internal(int connections, TimeSpan keepAlive) =>
        new() { Connections = connections, BodyBytes = 0, LineBytes = 4 * 1024, HeadBytes = 8 * 1024, KeepAlive = keepAlive, Head = TimeSpan.FromSeconds(5) };
}
