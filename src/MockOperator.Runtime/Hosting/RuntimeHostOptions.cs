using System.Net;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Hosting;

/// <summary>Where a runtime listens and how it ends.</summary>
internal sealed record RuntimeHostOptions
{
    private const int BytesPerConnection = 32 * 1024;
    private const int LeastConnections = 1024;
    private const int MostConnections = 65_536;

    /// <summary>
    /// Open connections on the port of the mocks unless said otherwise: one for each 32 KiB that the garbage collector may use, since a silent one takes about 11 KiB, one that has begun to
    /// speak 15, and those that come and go leave something behind. In a container with 128 MiB,
    /// of which three quarters are the collector's, it is 3,072; it is never less than 1,024, and never more than 65,536.
    /// </summary>
    public static int DefaultMaxConnections { get; } = (int)Math.Clamp(HeldMemory.Available / BytesPerConnection, LeastConnections, MostConnections);

    /// <summary>Local address; null for all.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Port of the mocks; 0 for a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Port of probes and metrics; 0 for a free one.</summary>
    public int AdminPort { get; init; } = 9090;

    /// <summary>Port that the operator talks to; 0 for a free one. Opened only where a bundle is followed.</summary>
    public int ControlPort { get; init; } = 9091;

    /// <summary>Port at which calls are read, on the loopback address alone; 0 for a free one.</summary>
    public int CallsPort { get; init; } = Resources.CallsPort.Number;

    /// <summary>Bytes of remembered calls of all mocks together.</summary>
    public long CallBytes { get; init; } = CallJournals.Share;

    /// <summary>Where calls are written that are to be in the log.</summary>
    public Stream CallLog { get; init; } = Stream.Null;

    /// <summary>Whether every call that is remembered is written there, as a line for people, whatever its mock says.</summary>
    public bool ShowsCalls { get; init; }

    /// <summary>Whether a free port takes the place of <see cref="AdminPort"/> when that is taken.</summary>
    public bool AdminPortMayBeAnother { get; init; }

    /// <summary>Whether a free port takes the place of <see cref="CallsPort"/> when that is taken.</summary>
    public bool CallsPortMayBeAnother { get; init; }

    /// <summary>Open connections on the port of the mocks; null for <see cref="DefaultMaxConnections"/>. Fewer where the process may have fewer files open, and then it is told that what was asked for does not fit.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Open connections on each of the other ports; fewer likewise.</summary>
    public int MaxInternalConnections { get; init; } = 256;

    /// <summary>Time that a connection to one of them stays open without a request.</summary>
    public TimeSpan InternalKeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of what clients send that are held at once.</summary>
    public long RequestBytes { get; init; } = HeldMemory.Share;

    /// <summary>Bytes of what clients are sent that are held at once.</summary>
    public long ResponseBytes { get; init; } = HeldMemory.Share;

    /// <summary>Answers that are held back by a delay at one time.</summary>
    public int MaxDelayed { get; init; } = DelayGate.DefaultCapacity;

    /// <summary>
    /// Time between being told to end and accepting no more connections. Not ready meanwhile, so that load balancers look elsewhere before anything is refused.
    /// </summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>Time that requests under way then have to finish.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(20);
}
