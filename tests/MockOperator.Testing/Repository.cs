namespace MockOperator.Testing;

/// <summary>The repository in which tests run.</summary>
public static class Repository
{
    /// <summary>Its topmost folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>What the tests were built as: <c>Release</c> or <c>Debug</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("These tests run inside the repository, whose files they read.");
    }
}
