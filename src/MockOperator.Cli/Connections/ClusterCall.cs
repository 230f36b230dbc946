using System.CommandLine;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Connections;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Cli.Connections;

/// <summary>One run of a command that talks to a cluster.</summary>
/// <param name="Result">What was typed.</param>
/// <param name="Console">Where to read and write.</param>
/// <param name="Cluster">The cluster, as the caller sees it.</param>
/// <param name="Namespace">The namespace that is meant: named, or that of the context.</param>
internal sealed record ClusterCall(ParseResult Result, CommandConsole Console, MockCluster Cluster, string Namespace)
{
    /// <summary>The object of a name in the namespace that is meant.</summary>
    public ObjectKey Key(string name) => new(Namespace, name);
}
