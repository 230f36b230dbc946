namespace MockOperator.Mocking.Tests.Collections;

/// <summary>The collections and environments of <c>tests/corpus</c>, in the shapes that Postman exports.</summary>
internal static class Corpus
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>File names of all collections.</summary>
    public static IEnumerable<string> Collections => Names("*.json").Where(static name => !IsEnvironment(name));

    /// <summary>File names of all environments.</summary>
    public static IEnumerable<string> Environments => Names("*.json").Where(IsEnvironment);

    /// <summary>The bytes of a file.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>What reading a file is known to give; empty when nothing is known yet.</summary>
    public static string Expected(string name) =>
        File.Exists(Path.Combine(Folder, name + ".expected")) ? File.ReadAllText(Path.Combine(Folder, name + ".expected")) : "";

    private static bool IsEnvironment(string name) => name.Contains("environment", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern).Select(static file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);
}
