using System.Text;
using System.Text.Json;
using MockOperator.Cli.Manifests.Schemas;
using MockOperator.Client.Documents;
using MockOperator.Kubernetes.Yaml;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Cli.Manifests;

/// <summary>Everything that the given files hold, sorted by what it is. Immutable once read.</summary>
internal sealed class LocalDocuments
{
    /// <summary>Namespace of what names none.</summary>
    public const string DefaultNamespace = "default";

    private const int MaxCollectionDepth = 512;

    private readonly List<(string Source, ReadOnlyMemory<byte> Document)> _collections = [];
    private readonly List<LocalObject> _objects = [];
    private readonly List<LocalKustomization> _kustomizations = [];
    private readonly List<LocalProblem> _problems = [];
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    private LocalDocuments()
    {
    }

    /// <summary>Bare Postman collections.</summary>
    public IReadOnlyList<(string Source, ReadOnlyMemory<byte> Document)> Collections => _collections;

    /// <summary>Kubernetes objects.</summary>
    public IReadOnlyList<LocalObject> Objects => _objects;

    /// <summary>Variables of the Postman environment exports, for the bare collections.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<LocalProblem> Problems => _problems;

    /// <summary>Reads all files that the paths stand for.</summary>
    public static LocalDocuments Read(IReadOnlyList<string> paths)
    {
        var documents = new LocalDocuments();
        foreach (string file in LocalFiles.Find(paths, documents._problems))
        {
            if (LocalFiles.Read(file, documents._problems) is { } bytes)
            {
                documents.Add(file, bytes);
            }
        }

        documents.Generate();
        return documents;
    }

    /// <summary>Finds an object.</summary>
    public LocalObject? Find(string kind, string inNamespace, string name) =>
        _objects.Find(local => local.Kind == kind && local.Namespace == inNamespace && local.Name == name);

    private void Add(string file, ReadOnlyMemory<byte> bytes)
    {
        ReadOnlyMemory<byte> text = WithoutMark(bytes);
        if (!IsYaml(file, text.Span))
        {
            AddJson(file, text, path => JsonLines.LineOf(BrokenCharacters.Replace(text).Span, path));
            return;
        }

        using var reader = new StreamReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        if (!YamlDocuments.TryRead(reader, out List<YamlDocument>? documents, out string? problem))
        {
            _problems.Add(new LocalProblem(file, problem));
            return;
        }

        foreach (YamlDocument document in documents)
        {
            AddJson(file, document.Json, path => document.LineOf(path.Steps()));
        }
    }

    /// <summary>JSON may be in a file of any name; YAML that begins like it is YAML all the same.</summary>
    private static bool IsYaml(string file, ReadOnlySpan<byte> text)
    {
        bool isNamedSo = Path.GetExtension(file) is { } ending
            && (ending.Equals(".yaml", StringComparison.OrdinalIgnoreCase) || ending.Equals(".yml", StringComparison.OrdinalIgnoreCase));
        return isNamedSo && (text.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..] || !IsJson(text));
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxCollectionDepth });
        try
        {
            while (reader.Read())
            {
                // Its parts are looked at later.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void AddJson(string file, ReadOnlyMemory<byte> json, Func<FieldPath, long?> lineOf)
    {
        ReadOnlyMemory<byte> whole = BrokenCharacters.Replace(json);
        switch (DocumentSniffer.Judge(whole.Span))
        {
            case DocumentKind.Environment:
                LoadedEnvironment environment = PostmanEnvironmentReader.Read(json);
                foreach ((string name, string value) in environment.Variables)
                {
                    _environment[name] = value;
                }

                break;
            case DocumentKind.Manifest:
                AddManifest(file, whole, lineOf);
                break;
            default:
                _collections.Add((file, json));
                break;
        }
    }

    /// <summary>What a kustomization puts into ConfigMaps is not served a second time as the bare file that it is.</summary>
    private void Generate()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (LocalKustomization kustomization in _kustomizations)
        {
            foreach (LocalObject generated in kustomization.Generate(used, _problems))
            {
                AddLocal(generated);
            }
        }

        _collections.RemoveAll(collection => used.Contains(Path.GetFullPath(collection.Source)));
    }

    private void AddManifest(string file, ReadOnlyMemory<byte> json, Func<FieldPath, long?> lineOf)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = YamlDocuments.MaxDepth });
            AddObject(file, document.RootElement.Clone(), lineOf);
        }
        catch (JsonException broken)
        {
            _problems.Add(new LocalProblem(file, broken.Message));
        }
    }

    private void AddObject(string file, JsonElement body, Func<FieldPath, long?> lineOf)
    {
        string kind = Text(body, "kind");
        if (kind == "List" && body.TryGetProperty("items", out JsonElement items) && items.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in items.EnumerateArray())
            {
                FieldPath at = FieldPath.Root.Field("items").Element(index++);
                if (item.ValueKind == JsonValueKind.Object)
                {
                    AddObject(file, item, path => lineOf(path.Below(at)));
                }
            }

            return;
        }

        string apiVersion = Text(body, "apiVersion");
        if (LocalKustomization.Is(apiVersion, kind))
        {
            _kustomizations.Add(new LocalKustomization(file, body));
            return;
        }

        bool ours = KnownKinds.IsOurs(kind);
        if (ours ? apiVersion != ApiGroup.ApiVersion : kind is not ("ConfigMap" or "Secret"))
        {
            if (ours)
            {
                _problems.Add(new LocalProblem($"{file}: {kind}", $"apiVersion is '{apiVersion}'; write {ApiGroup.ApiVersion}."));
            }

            // Manifests of other kinds are often in the same file; they play no role here.
            return;
        }

        JsonElement metadata = body.TryGetProperty("metadata", out JsonElement found) && found.ValueKind == JsonValueKind.Object ? found : default;
        string name = Text(metadata, "name");
        if (name.Length == 0)
        {
            bool isThere = metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("name", out JsonElement other) && other.ValueKind is not (JsonValueKind.String or JsonValueKind.Null);
            _problems.Add(new LocalProblem($"{file}: {kind}", isThere ? "metadata.name is no text; write it in quotes." : "metadata.name is missing."));
            return;
        }

        string inNamespace = Text(metadata, "namespace");
        AddLocal(new LocalObject(file, kind, inNamespace.Length == 0 ? DefaultNamespace : inNamespace, name, body) { LineOf = lineOf });
    }

    private void AddLocal(LocalObject local)
    {
        if (_objects.Exists(other => other.Kind == local.Kind && other.Name == local.Name && other.Namespace == local.Namespace))
        {
            _problems.Add(new LocalProblem(local.Where, "There is another object of this kind and name; the first one counts."));
            return;
        }

        _objects.Add(local);
    }

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
}
