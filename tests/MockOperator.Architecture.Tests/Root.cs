namespace MockOperator.Architecture.Tests;

/// <summary>The folder of the solution.</summary>
internal static class Root
{
    public static string Directory { get; } = Find();

    public static string Source(string project) => Path.Combine(Directory, "src", project);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no MockOperator.sln above {AppContext.BaseDirectory}: these tests read the sources");
    }
}
