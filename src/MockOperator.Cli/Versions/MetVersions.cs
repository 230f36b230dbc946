using System.Reflection;
using MockOperator.Cli.Connections;
using MockOperator.Client.Workloads;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Versions;

/// <summary>The versions that meet: of this program, of the operators that are there, of the API server.</summary>
internal sealed record MetVersions
{
    /// <summary>Label of the Deployments of operators, as chart and manifests set it.</summary>
    public const string OperatorSelector = "app.kubernetes.io/name=mock-operator";

    /// <summary>That of this program, with the commit that it was built from.</summary>
    public static string OfThisProgram { get; } = typeof(MetVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public required string Client { get; init; }

    public string? Server { get; init; }

    public IReadOnlyList<FoundOperator>? Operators { get; init; }

    /// <summary>Why no operator is told of; null when one is.</summary>
    public string? OperatorsUnseen { get; init; }

    /// <summary>Asks the cluster.</summary>
    /// <exception cref="ApiException">The server cannot be reached. What the caller may not read is told instead.</exception>
    public static async Task<MetVersions> ReadAsync(ClusterCall call, CancellationToken cancellationToken)
    {
        var met = new MetVersions { Client = OfThisProgram, Server = (await ServerVersion.ReadAsync(call.Cluster, cancellationToken))?.Text };
        try
        {
            var operators = new List<FoundOperator>();
            await foreach (var deployment in call.Cluster.Api.ListAsync<Deployment>(new ListQuery { LabelSelector = OperatorSelector }, cancellationToken))
                operators.Add(new FoundOperator(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name, VersionOf(deployment)));
            return met with { Operators = operators, OperatorsUnseen = operators.Count > 0 ? null : "none is installed (or its Deployment lacks the label app.kubernetes.io/name)" };
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden && e.Code == System.Net.HttpStatusCode.Forbidden)
        {
            return met with { OperatorsUnseen = "unknown: you may not list Deployments in all namespaces" };
        }
    }

    private static string? VersionOf(Deployment deployment)
    {
        if (deployment.Spec?.Template?.Spec?.Containers is [var container, ..] && container.Image is { } image)
        {
            var name = image.Split('@')[0];
            if (name.LastIndexOf(':') is > 0 and var colon && colon > name.LastIndexOf('/'))
                return name[(colon + 1)..];
        }

        return deployment.Metadata.Labels?.TryGetValue("app.kubernetes.io/version", out var version) == true ? version : null;
    }

    /// <summary>An operator.</summary>
    internal sealed record FoundOperator(string Namespace, string Name, string? Version);
}
