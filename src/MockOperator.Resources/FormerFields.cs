using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>
/// Fields that specs had before this version of the API took its shape. Nothing reads them any more: a spec is looked through for them, so that whoever still writes one is told what says the same now, where an
/// API server would drop it without a word.
/// </summary>
public static class FormerFields
{
    private const int MostTold = 10;

    private static readonly FormerField[] s_ofExamples =
    [
        new("request.headers", "a list: [{name: …, value: …}]") { Kind = JsonValueKind.Object },
        new("request.query", "a list: [{name: …, value: …}]") { Kind = JsonValueKind.Object },
        new("response.headers", "a list: [{name: …, value: …}]") { Kind = JsonValueKind.Object },
        new("response.delayMilliseconds", "delay, with a unit: delay: 250ms"),
    ];

    private static readonly FormerField[] s_ofMockServers =
    [
        new("matching.body", "Ignore") { Value = "Off" },
        new("delay.milliseconds", "delay.fixed, with a unit: {fixed: 250ms}"),
        new("serverResponse", "serverResponses: [{name: outage, status: …, headers: …, body: …}] and activeServerResponse: outage"),
        new("ingress.tls.clusterIssuer", "ingress.tls.issuerRef: {name: …, kind: ClusterIssuer}"),
        new("ingress.tls.issuer", "ingress.tls.issuerRef: {name: …}"),
        new("publishUrl.configMapKeyRef", "publishUrl.configMap"),
        .. Below("collection.examples[]"),
    ];

    private static readonly FormerField[] s_ofCollections = [.. Below("examples[]"), .. Below("versions[].examples[]")];

    /// <summary>Looks a spec through.</summary>
    /// <param name="kind">The kind of the object.</param>
    /// <param name="spec">Its spec as it was written.</param>
    /// <returns>What is of a former shape, ten at most; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Find(string kind, JsonElement spec)
    {
        var problems = new List<SpecProblem>();
        foreach (FormerField field in kind switch { "MockServer" => s_ofMockServers, "Collection" => s_ofCollections, _ => [] })
        {
            Find(field, field.Path, "", spec, problems);
        }

        return problems;
    }

    private static void Find(FormerField field, string rest, string place, JsonElement parent, List<SpecProblem> problems)
    {
        int end = rest.IndexOf('.', StringComparison.Ordinal);
        string step = end < 0 ? rest : rest[..end];
        bool isList = step.EndsWith("[]", StringComparison.Ordinal);
        string name = isList ? step[..^2] : step;
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement value) || problems.Count == MostTold)
        {
            return;
        }

        string path = place.Length == 0 ? name : $"{place}.{name}";
        if (end < 0)
        {
            if (field.Has(value))
            {
                problems.Add(new(path, $"{field.Value ?? name} is of an earlier shape of this API and not read any more: write {field.Now}"));
            }
        }
        else if (!isList)
        {
            Find(field, rest[(end + 1)..], path, value, problems);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement element in value.EnumerateArray())
            {
                Find(field, rest[(end + 1)..], $"{path}[{index++}]", element, problems);
            }
        }
    }

    private static IEnumerable<FormerField> Below(string place) => s_ofExamples.Select(field => field with { Path = $"{place}.{field.Path}" });
}
