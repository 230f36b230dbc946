namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>An image that hack/images made: its reference, and the archive it is in.</summary>
public sealed record BuiltImage(string Program, string Reference, string Archive)
{
    internal static async Task<IReadOnlyList<BuiltImage>> AllAsync() =>
        [.. from line in (await Command.ScriptAsync("images")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let parts = line.Split('\t')
            select new BuiltImage(parts[0], parts[1], parts[2])];
}
