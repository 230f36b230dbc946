using System.Text.RegularExpressions;

namespace MockOperator.Architecture.Tests;

/// <summary>A C# file of the product: where it lies, what it declares and what it names, with comments and literals taken out.</summary>
internal sealed partial record SourceFile(string Project, string Path, string Code)
{
    /// <summary>Folders from the project's to the file's, as a namespace would spell them.</summary>
    public string Folder => string.Join('.', System.IO.Path.GetDirectoryName(System.IO.Path.GetRelativePath(Root.Source(Project), Path))!
        .Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries));

    public string? Namespace => NamespaceLine().Match(Code) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>Every namespace of the house that the file names, by a using line or in full.</summary>
    public IEnumerable<string> Names => HouseName().Matches(Code).Select(match => match.Value.Trim());

    public string Place => System.IO.Path.GetRelativePath(Root.Directory, Path);

    public static IReadOnlyList<SourceFile> Of(string project) => [.. System.IO.Directory
        .EnumerateFiles(Root.Source(project), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal)
        .Select(path => new SourceFile(project, path, Uncommented(File.ReadAllText(path))))];

    private static string Uncommented(string text) => CommentOrLiteral().Replace(text, static match => match.Value[0] == '/' ? " " : "\"\"");

    [GeneratedRegex(""""//[^\n]*|/\*.*?\*/|"{3,}.*?"{3,}|@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'"""", RegexOptions.Singleline)]
    private static partial Regex CommentOrLiteral();

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bMockOperator(?:\.\w+)+")]
    private static partial Regex HouseName();
}
