using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Cli.Manifests;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.Tests.Manifests;

/// <summary>An object of <c>tests/corpus/manifests/judged.yaml</c>, with what is to be said of it.</summary>
internal sealed record JudgedManifest(string Title, string Yaml, ILookup<string, string> Messages)
{
    public const string Unknown = "#?";
    public const string Schema = "#!";
    public const string Rule = "#*";
    public const string Former = "#+";

    private static readonly Lazy<IReadOnlyList<JudgedManifest>> s_all = new(ReadAll);

    public static IReadOnlyList<JudgedManifest> All => s_all.Value;

    public IEnumerable<string> AllMessages => Messages.SelectMany(static messages => messages);

    public static JudgedManifest Of(string title) => All.Single(manifest => manifest.Title == title);

    /// <summary>The object as kubectl would send it.</summary>
    public JsonObject ToJson() => JsonNode.Parse(Document().Json.Span)!.AsObject();

    /// <summary>What we say of it.</summary>
    public IReadOnlyList<LocalProblem> Judge()
    {
        YamlDocument document = Document();
        JsonElement body = JsonDocument.Parse(document.Json).RootElement;
        return ObjectJudge.Judge(new LocalObject("judged.yaml", body.GetProperty("kind").GetString()!, "default", body.GetProperty("metadata").GetProperty("name").GetString()!, body));
    }

    private YamlDocument Document()
    {
        Assert.True(YamlDocuments.TryRead(new StringReader(Yaml), out List<YamlDocument>? documents, out string? problem), problem);
        return Assert.Single(documents);
    }

    private static IReadOnlyList<JudgedManifest> ReadAll()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the project.");
        }

        string text = File.ReadAllText(Path.Combine(folder.FullName, "tests", "corpus", "manifests", "judged.yaml"));
        return [.. text.Split("\n---\n").Skip(1).Select(Read)];
    }

    private static JudgedManifest Read(string text)
    {
        string[] lines = text.Split('\n');
        return new JudgedManifest(
            lines[0][2..],
            text,
            lines.Skip(1).TakeWhile(static line => line.StartsWith('#')).ToLookup(static line => line[..2], static line => line[3..], StringComparer.Ordinal));
    }
}
