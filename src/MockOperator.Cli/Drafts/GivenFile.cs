using System.Text;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Documents;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>Files that are named on the command line; a dash is what is piped in.</summary>
internal static class GivenFile
{
    private const string Piped = "-";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, or a dash.</param>
    /// <param name="console">What is piped in.</param>
    /// <exception cref="CommandException">It is not there, cannot be read, or is larger than anything that is served.</exception>
    public static ReadOnlyMemory<byte> Read(string path, CommandConsole console)
    {
        if (path == Piped)
            return Encoding.UTF8.GetBytes(console.In.ReadToEnd());
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? throw new CommandException(Directory.Exists(path) ? $"{path} is a directory. Name the file." : $"There is no file {path}.")
                : file.Length > ContentReference.LargestContent ? throw new CommandException($"{path} has {file.Length} bytes, and {ContentReference.LargestContent} can be served. Split the collection, or remove large examples.")
                : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a collection that Postman exported.</summary>
    /// <exception cref="CommandException">It cannot be read, or is none.</exception>
    public static CollectionDocument Collection(string path, CommandConsole console) => Named(path, () => CollectionDocument.Read(Read(path, console)));

    /// <summary>Reads an environment that Postman exported.</summary>
    /// <exception cref="CommandException">It cannot be read, or is none.</exception>
    public static EnvironmentDocument Environment(string path, CommandConsole console) => Named(path, () => EnvironmentDocument.Read(Read(path, console)));

    /// <summary>A text, or with an <c>@</c> before it that of a file.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static string Text(string given, CommandConsole console) => given.StartsWith('@') ? Encoding.UTF8.GetString(Read(given[1..], console).Span) : given;

    /// <summary>Whether a text is meant as a path, and not as the name of an object.</summary>
    public static bool IsPath(string given) => given == Piped || given.AsSpan().IndexOfAny('/', '\\') >= 0 || given.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(given);

    private static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DocumentException e)
        {
            throw new CommandException(path == Piped ? e.Message : $"{path}: {e.Message}", e);
        }
    }
}
