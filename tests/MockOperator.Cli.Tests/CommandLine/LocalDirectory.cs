namespace MockOperator.Cli.Tests.CommandLine;

/// <summary>A directory of files that commands are given.</summary>
internal sealed class LocalDirectory : IDisposable
{
    /// <summary>A collection with one example, whose body is <c>TEXT</c>.</summary>
    public const string Pets = """
        {"info":{"name":"Pets","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"pets",
        "response":[{"name":"ok","originalRequest":{"method":"GET","url":"/pets"},"code":200,"body":"TEXT"}]}]}
        """;

    public string Path { get; } = Directory.CreateTempSubdirectory("files").FullName;

    /// <summary>Where the project is.</summary>
    public static string Project { get; } = FindProject();

    public string Write(string name, string content)
    {
        string file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, content);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string FindProject()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "MockOperator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the project.");
        }

        return folder.FullName;
    }
}
