namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>An image that hack/images made: its reference, and the archive it is in.</summary>
public sealed record BuiltImage(string Program, string Reference, string Archive)
{
    /// <summary>Those that the operator takes.</summary>
    internal static Task<IReadOnlyList<BuiltImage>> AllAsync() => BuildAsync("mock-runtime mock-operator");

    /// <summary>That of the console, whose program is the command line too.</summary>
    internal static async Task<BuiltImage> ConsoleAsync() => (await BuildAsync("mock-console"))[0];

    private static async Task<IReadOnlyList<BuiltImage>> BuildAsync(string programs) =>
        [.. from line in (await Command.RunAsync(Path.Combine(RepositoryRoot.Path, "hack/images"), [], new Dictionary<string, string>(StringComparer.Ordinal) { ["PROGRAMS"] = programs })).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let parts = line.Split('\t')
            select new BuiltImage(parts[0], parts[1], parts[2])];
}
