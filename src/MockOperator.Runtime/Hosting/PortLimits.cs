namespace MockOperator.Runtime.Hosting;

/// <summary>What one port takes at most. Each port has its own, so that a flood on one leaves the others alone.</summary>
internal sealed record PortLimits
{
    /// <summary>Open connections; a connection above it is closed at once.</summary>
    public required int Connections { get; init; }

    /// <summary>Bytes of a request body; 0 where no body is expected.</summary>
    public required long BodyBytes { get; init; }

    /// <summary>Limits of the port that serves mocks, with room for <paramref name="connections"/>.</summary>
    public static PortLimits Mocks(int connections) => new() { Connections = connections, BodyBytes = Requests.RequestBody.LimitBytes };

    /// <summary>Limits of the port for metrics and probes.</summary>
    public static PortLimits Administration { get; } = new() { Connections = 64, BodyBytes = 0 };

    /// <summary>Limits of the port that the operator talks to. A body is allowed request by request, once the token was judged.</summary>
    public static PortLimits Control { get; } = new() { Connections = 32, BodyBytes = 0 };
}
