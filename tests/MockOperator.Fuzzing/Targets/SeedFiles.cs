using System.Text;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Inputs that are kept in the repository: the corpus of collections, and what was found before.</summary>
internal static class SeedFiles
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Documents of the corpus.</summary>
    /// <param name="pattern">Of which names.</param>
    public static IEnumerable<byte[]> Corpus(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests", "corpus"), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    /// <summary>Where the inputs lie that were found in a target.</summary>
    public static string FoundDirectory(string target) => Path.Combine(Root, "tests", "corpus", "fuzz", target);

    /// <summary>Inputs that were found in a target, with the names of their files.</summary>
    public static IEnumerable<(string Name, byte[] Input)> Found(string target) => Directory.Exists(FoundDirectory(target))
        ? Directory.EnumerateFiles(FoundDirectory(target)).Order(StringComparer.Ordinal).Select(static file => (Path.GetFileName(file), File.ReadAllBytes(file)))
        : [];

    /// <summary>A text as bytes.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no MockOperator.sln above {AppContext.BaseDirectory}: the corpus lies beside it");
    }
}
