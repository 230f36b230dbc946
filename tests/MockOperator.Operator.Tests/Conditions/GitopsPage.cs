using MockOperator.Operator.Tests.Installation;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Conditions;

/// <summary>docs/gitops.md, as people copy from it.</summary>
internal static class GitopsPage
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Manifests.Root, "docs", "gitops.md"));

    /// <summary>Its YAML blocks.</summary>
    public static IReadOnlyList<string> Blocks { get; } = [.. Text.Split("\n```yaml\n").Skip(1).Select(static block => block[..block.IndexOf("\n```", StringComparison.Ordinal)])];

    /// <summary>Health checks of Argo CD, by kind.</summary>
    public static IReadOnlyDictionary<string, string> HealthChecks { get; } =
        ((YamlMappingNode)Manifests.Parse(Block("argocd-cm"))[0]["data"])
        .ToDictionary(static entry => entry.Key.ToString().Replace("resource.customizations.health.mockoperator.dev_", "", StringComparison.Ordinal), static entry => entry.Value.ToString(), StringComparer.Ordinal);

    /// <summary>The one block in which a text stands.</summary>
    public static string Block(string text) => Blocks.Single(block => block.Contains(text, StringComparison.Ordinal));
}
