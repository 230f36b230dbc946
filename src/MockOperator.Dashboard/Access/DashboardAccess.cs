namespace MockOperator.Dashboard.Access;

/// <summary>How callers are recognised, and so with whose rights the cluster is asked.</summary>
public abstract class DashboardAccess
{
    private protected DashboardAccess()
    {
    }

    /// <summary>Whether callers sign in with a token of theirs.</summary>
    internal abstract bool TakesTokens { get; }

    /// <summary>Names of hosts that are answered for whatever the settings say.</summary>
    internal static IReadOnlyList<string> LoopbackHosts { get; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Finds out who makes a request.</summary>
    /// <param name="http">The request.</param>
    /// <returns>The caller, to be disposed of; null when nobody is recognised.</returns>
    internal abstract Caller? Recognise(HttpContext http);

    /// <summary>Ends the session of a request, if there is one.</summary>
    /// <param name="http">The request.</param>
    internal abstract void End(HttpContext http);
}
