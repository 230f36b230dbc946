using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace MockOperator.Cli.Manifests;

/// <summary>
/// The ConfigMaps that a <c>kustomization.yaml</c> among the given files generates (<c>configMapGenerator</c> with <c>files</c> and <c>literals</c>), so that a folder for
/// <c>kubectl apply -k</c> is served as it would be applied. The rest of a kustomization plays no role. Files above its folder are not read, as kustomize does not read them.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="body">What it says.</param>
internal sealed class LocalKustomization(string source, JsonElement body)
{
    private const string Group = "kustomize.config.k8s.io/";
    private const int MostFiles = 1000;
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(source))!;
    private int _files;
    private long _bytes;

    /// <summary>Whether an object is one.</summary>
    public static bool Is(string apiVersion, string kind) => kind == "Kustomization" && apiVersion.StartsWith(Group, StringComparison.Ordinal);

    /// <summary>Makes the ConfigMaps.</summary>
    /// <param name="used">Takes the full paths of the files that are in them.</param>
    /// <param name="problems">Takes what cannot be read.</param>
    public IEnumerable<LocalObject> Generate(ISet<string> used, ICollection<LocalProblem> problems)
    {
        foreach (JsonElement generator in Items(body, "configMapGenerator").Where(static item => item.ValueKind == JsonValueKind.Object))
        {
            if (Text(generator, "name") is not { Length: > 0 } name)
            {
                problems.Add(new LocalProblem(source, "configMapGenerator: name is missing."));
                continue;
            }

            string inNamespace = Text(generator, "namespace") ?? Text(body, "namespace") ?? LocalDocuments.DefaultNamespace;
            yield return new LocalObject(source, "ConfigMap", inNamespace, name, Generate(generator, name, used, problems));
        }
    }

    private JsonElement Generate(JsonElement generator, string name, ISet<string> used, ICollection<LocalProblem> problems)
    {
        var texts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var others = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string entry in Texts(generator, "files"))
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            string file = entry[(equals + 1)..];
            if (TryRead(file, name, used, problems, out byte[]? content))
            {
                (Utf8.IsValid(content) ? texts : others)[equals < 0 ? Path.GetFileName(file) : entry[..equals]] = content;
            }
        }

        foreach (string entry in Texts(generator, "literals"))
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                texts[entry[..equals]] = Encoding.UTF8.GetBytes(entry[(equals + 1)..]);
            }
        }

        using var result = new MemoryStream();
        using (var json = new Utf8JsonWriter(result, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            foreach ((string key, byte[] text) in texts)
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
            json.WriteStartObject("binaryData");
            foreach ((string key, byte[] bytes) in others)
            {
                json.WriteBase64String(key, bytes);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(result.ToArray());
        return document.RootElement.Clone();
    }

    private bool TryRead(string file, string name, ISet<string> used, ICollection<LocalProblem> problems, [NotNullWhen(true)] out byte[]? content)
    {
        content = null;
        string where = $"{source}: configMapGenerator {name}";
        string path = Path.GetFullPath(Path.Combine(_folder, file.Replace('\0', '?')));
        if (!path.StartsWith(_folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            problems.Add(new LocalProblem(where, $"'{file}' is not in the folder of the kustomization or below it."));
            return false;
        }

        if (!File.Exists(path))
        {
            problems.Add(new LocalProblem(where, $"There is no file '{file}'."));
            return false;
        }

        content = ++_files > MostFiles ? null : LocalFiles.Read(path, problems);
        _bytes += content?.Length ?? 0;
        if (_files > MostFiles || _bytes > MostBytes)
        {
            content = null;
            problems.Add(new LocalProblem(where, $"'{file}' is left out: a kustomization is read with at most {MostFiles} files and {MostBytes / 1024 / 1024} MiB."));
        }

        if (content is not null)
        {
            used.Add(path);
        }

        return content is not null;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static IEnumerable<string> Texts(JsonElement parent, string name) =>
        Items(parent, name).Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!);

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
