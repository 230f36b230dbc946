namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>The folder of the solution, where hack/ and config/ are.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "MockOperator.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no MockOperator.sln above {AppContext.BaseDirectory}: these tests need config/ and hack/");
    }
}
