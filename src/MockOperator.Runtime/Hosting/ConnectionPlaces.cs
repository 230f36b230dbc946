using MockOperator.Runtime.Connections;

namespace MockOperator.Runtime.Hosting;

/// <summary>How many connections may be open on the ports, so that all of them together, those on their way out included, are no more files than the process may have open.</summary>
/// <param name="Mocks">On the port of the mocks.</param>
/// <param name="Internal">On each of the others: admin, calls and control.</param>
internal readonly record struct ConnectionPlaces(int Mocks, int Internal)
{
    private const int InternalPorts = 3;

    // The process has 17 open at rest: listening sockets, the log, what watches sockets. While it loads, those of a bundle come to them.
    private const int OtherFiles = 64;

    // What the ports inside the cluster get of few files: they have few callers.
    private const int InternalPart = 16;

    /// <summary>Divides the files.</summary>
    /// <param name="files">How many may be open.</param>
    /// <param name="mocks">Connections that are wanted on the port of the mocks.</param>
    /// <param name="inward">Connections that are wanted on each other port.</param>
    /// <returns>As many as are wanted where they fit, otherwise fewer; at least one for each port.</returns>
    public static ConnectionPlaces Within(int files, int mocks, int inward)
    {
        int free = Math.Max(files - OtherFiles, 0);
        inward = Math.Clamp(free / InternalPart, 1, inward);
        return new ConnectionPlaces(Math.Clamp(ConnectionTable.CapacityOf(free - (InternalPorts * ConnectionTable.AliveAtMost(inward))), 1, mocks), inward);
    }
}
