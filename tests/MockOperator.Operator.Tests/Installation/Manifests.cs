using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Installation;

/// <summary>Manifests of the project, as documents.</summary>
internal static class Manifests
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<YamlMappingNode> Read(params string[] path) => Parse(File.ReadAllText(Path.Combine([Root, .. path])));

    public static IReadOnlyList<YamlMappingNode> Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(static document => document.RootNode).OfType<YamlMappingNode>()];
    }

    /// <summary>The rules of a role, as "group/resource: verb", and for single objects "group/resource/name: verb".</summary>
    public static IEnumerable<string> Rights(YamlMappingNode role) =>
        from rule in (YamlSequenceNode)role["rules"]
        from pair in from @group in (YamlSequenceNode)rule["apiGroups"]
                     from resource in (YamlSequenceNode)rule["resources"]
                     from name in rule is YamlMappingNode map && map.Children.TryGetValue("resourceNames", out YamlNode? names) ? ((YamlSequenceNode)names).Select(static name => $"/{name}") : [""]
                     from verb in (YamlSequenceNode)rule["verbs"]
                     select $"{@group}/{resource}{name}: {verb}"
        select pair;

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the project.");
    }
}
