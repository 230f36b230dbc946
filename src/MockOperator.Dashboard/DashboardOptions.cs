using System.Net;
using MockOperator.Dashboard.Access;

namespace MockOperator.Dashboard;

/// <summary>What a dashboard needs to know.</summary>
public sealed record DashboardOptions
{
    /// <summary>How callers are recognised.</summary>
    public required DashboardAccess Access { get; init; }

    /// <summary>Where it listens; port 0 for one that is free.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Names of hosts that it answers for, beside those of the loopback addresses. Others are refused, so that no other site's name can be led to it (DNS rebinding).</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Writes JSON as YAML, to show what is applied.</summary>
    public required Func<ReadOnlyMemory<byte>, string> Yaml { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
