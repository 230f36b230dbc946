using System.Text.Json.Nodes;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Installing;

/// <summary>An object of the operator's installation.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its name.</param>
/// <param name="Manifest">The manifest.</param>
internal sealed record InstalledObject(ResourceKind Kind, ObjectKey Key, JsonObject Manifest)
{
    /// <summary>As kubectl names it: <c>deployment.apps/mock-operator</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}/{Key.Name}";
}
