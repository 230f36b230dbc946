using System.Text.Json;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Kubernetes.Connections;

/// <summary>The kubeconfig files that count, merged as kubectl merges them: of two entries of a name, the first wins. Paths in a file start from its folder.</summary>
internal sealed class KubeconfigFiles
{
    private const int LongestFile = 16 * 1024 * 1024;

    private readonly List<(KubeconfigDocument Document, string Directory)> _files = [];

    /// <summary>Whether there is any.</summary>
    public bool Any => _files.Count > 0;

    /// <summary>The context that is meant where none is named; null for none.</summary>
    public string? CurrentContext => _files.Select(file => file.Document.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name));

    /// <summary>Names of all contexts.</summary>
    public IEnumerable<string> Contexts => _files.SelectMany(file => file.Document.Contexts ?? []).Select(entry => entry?.Name).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="file">The one file that counts; null for those of <c>KUBECONFIG</c>, of which some may be missing, or <c>~/.kube/config</c>.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <exception cref="KubeconfigException">A file cannot be read or is no kubeconfig.</exception>
    public static KubeconfigFiles Read(string? file, Func<string, string?> variable)
    {
        var files = new KubeconfigFiles();
        if (!string.IsNullOrEmpty(file))
        {
            files.Add(file);
            return files;
        }

        IEnumerable<string> paths = variable("KUBECONFIG") is { Length: > 0 } list
            ? list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : (variable("HOME") ?? variable("USERPROFILE")) is { Length: > 0 } home ? [Path.Combine(home, ".kube", "config")] : [];
        foreach (var path in paths.Distinct(StringComparer.Ordinal).Where(File.Exists))
            files.Add(path);
        return files;
    }

    public KubeconfigDocument.ContextEntry? Context(string name) => First(document => document.Contexts?.FirstOrDefault(entry => entry?.Name == name)?.Context)?.Found;

    public (KubeconfigDocument.ClusterEntry Found, string Directory)? Cluster(string? name) => First(document => document.Clusters?.FirstOrDefault(entry => entry?.Name == name)?.Cluster);

    public (KubeconfigDocument.UserEntry Found, string Directory)? User(string? name) => First(document => document.Users?.FirstOrDefault(entry => entry?.Name == name)?.User);

    private (T Found, string Directory)? First<T>(Func<KubeconfigDocument, T?> find)
        where T : class
    {
        foreach (var (document, directory) in _files)
        {
            if (find(document) is { } found)
                return (found, directory);
        }

        return null;
    }

    private void Add(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (new FileInfo(full).Length > LongestFile)
                throw new KubeconfigException($"The kubeconfig {path} is longer than {LongestFile / 1024 / 1024} MiB.");
            using var text = File.OpenText(full);
            if (!YamlDocuments.TryRead(text, out var documents, out var problem))
                throw new KubeconfigException($"The kubeconfig {path} is no YAML: {problem}");
            if (documents.Count == 0)
                return;
            var document = JsonSerializer.Deserialize(documents[0].Json.Span, KubeconfigJson.Default.KubeconfigDocument);
            if (document is not null)
                _files.Add((document, Path.GetDirectoryName(full)!));
        }
        catch (JsonException e)
        {
            // The place, never the text: it may be a credential.
            throw new KubeconfigException($"The kubeconfig {path} cannot be understood at {e.Path}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new KubeconfigException(e is FileNotFoundException or DirectoryNotFoundException ? $"There is no kubeconfig {path}." : $"The kubeconfig {path} cannot be read: {e.Message}", e);
        }
    }
}
