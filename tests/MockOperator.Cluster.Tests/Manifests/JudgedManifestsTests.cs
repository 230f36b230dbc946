using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Cli.Tests.Manifests;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Manifests;

/// <summary>The API server says of manifests what is said of them where there is no cluster. Nothing is created.</summary>
public partial class JudgedManifestsTests(TestCluster cluster)
{
    /// <summary>The first version that refuses unknown fields when it is asked to (https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation).</summary>
    private const int FirstStrict = 25;

    /// <summary>The first version with CEL in CRDs that is on by default.</summary>
    private const int FirstWithRules = 25;

    /// <summary>From here on the paths of problems of the schema are compared with the indexes of lists. Servers before leave them out.</summary>
    private const int FirstWithIndexes = 30;

    /// <summary>A rule about the name is one of the whole object, and of such the server names no place.</summary>
    private const string OfTheWholeObject = "metadata.name";

    [Fact]
    public async Task The_server_names_the_fields_that_are_named_without_it()
    {
        await using var space = await cluster.NamespaceAsync("judged");
        var differences = new List<string>();
        foreach (var manifest in JudgedManifest.All)
        {
            var body = manifest.ToJson();
            var path = space.Path((string)body["kind"]!);
            if (cluster.Minor >= FirstStrict)
                await CompareUnknownAsync(path, manifest, body, differences);
            await CompareProblemsAsync(path, manifest, body, differences);
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private async Task CompareUnknownAsync(string path, JudgedManifest manifest, JsonObject body, List<string> differences)
    {
        var (status, answer) = await cluster.Api.TryCreateAsync(path, "Strict", body);
        var said = (string?)answer["message"] ?? "";
        var isRefused = status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity;
        if (isRefused != manifest.AllMessages.Any())
            differences.Add($"{manifest.Title}: strict: {(int)status} {said}");

        // What is of an earlier shape has unknown fields of its own, which are told in other words.
        var unknown = UnknownField().Matches(said).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);
        var isEqual = manifest.Messages.Contains(JudgedManifest.Former) ? unknown.IsSupersetOf(manifest.Messages[JudgedManifest.Unknown]) : unknown.SetEquals(manifest.Messages[JudgedManifest.Unknown]);
        if (!isEqual)
            differences.Add($"{manifest.Title}: unknown fields: {string.Join(", ", unknown)}");
    }

    private async Task CompareProblemsAsync(string path, JudgedManifest manifest, JsonObject body, List<string> differences)
    {
        var (status, answer) = await cluster.Api.TryCreateAsync(path, "Ignore", body);
        var expected = manifest.Messages[JudgedManifest.Schema].Concat(cluster.Minor >= FirstWithRules ? manifest.Messages[JudgedManifest.Rule] : []).Select(PathOf).Select(Comparable).ToHashSet(StringComparer.Ordinal);
        var causes = answer["details"]?["causes"]?.AsArray() ?? [];

        // The replicas of the scale subresource are told of with a dot before them.
        var found = causes.Select(static cause => ((string?)cause!["field"] ?? "").TrimStart('.')).Where(static field => field is not ("" or "<nil>")).Select(Comparable).ToHashSet(StringComparer.Ordinal);
        var said = string.Join("; ", causes.Select(static cause => $"{cause!["field"]}: {cause["message"]}"));

        // Without the fields that it does not know, or with a shape of before, an object may break more than is told here.
        var isWhole = !manifest.Messages.Contains(JudgedManifest.Unknown) && !manifest.Messages.Contains(JudgedManifest.Former);
        var isExpected = expected.Count > 0;
        expected.ExceptWith(manifest.Messages[JudgedManifest.Rule].Select(PathOf).Where(static place => place == OfTheWholeObject));
        if (isWhole ? !found.SetEquals(expected) || (int)status < 300 == isExpected : !found.IsSupersetOf(expected))
            differences.Add($"{manifest.Title}: {(int)status} {said} {(causes.Count == 0 ? answer["message"] : "")}");
        foreach (var rule in cluster.Minor >= FirstWithRules ? manifest.Messages[JudgedManifest.Rule] : [])
        {
            if (!said.Contains(rule[(PathOf(rule).Length + 2)..], StringComparison.Ordinal))
                differences.Add($"{manifest.Title}: not '{rule}', but {said}");
        }
    }

    private string Comparable(string path) => cluster.Minor >= FirstWithIndexes ? path : Indexes().Replace(path, "");

    private static string PathOf(string message) => message[..message.IndexOf(": ", StringComparison.Ordinal)];

    [GeneratedRegex("unknown field \"[^\"]+\"", RegexOptions.NonBacktracking)]
    private static partial Regex UnknownField();

    [GeneratedRegex(@"\[[0-9]+\]|\.[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Indexes();
}
