using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Resources.Tests.Crds;

/// <summary>A rule that is said twice, in CEL and in C#, says the same.</summary>
public sealed class CelRuleTests
{
    public static TheoryData<string> All => Crd.All;

    /// <summary>Objects that the schemas let through: their kind, and their spec or the whole, with the place of each rule that C# finds broken.</summary>
    public static TheoryData<string, string, string> Objects => new()
    {
        { "mockservers", """{COLLECTION}""", "" },
        { "mockservers", """{"metadata":{"name":"1st"},"spec":{COLLECTION}}""", "metadata.name" },
        { "mockservers", """{"metadata":{"name":"LONG53"},"spec":{COLLECTION}}""", "metadata.name" },
        { "mockservers", """{"metadata":{"name":"LONG52"},"spec":{COLLECTION}}""", "" },
        { "mockservers", "{}", "spec" },
        { "mockservers", """{COLLECTION,"collection":{"postman":{"item":[]}}}""", "spec" },
        { "mockservers", """{"collection":{"postman":{"item":[]},"configMapKeyRef":{"name":"a","key":"b"}}}""", "collection" },
        { "mockservers", """{"collection":{"examples":[{"name":"a","request":{"path":"/"},"response":{"body":"a","delay":"3m"}}]}}""", "" },
        { "mockservers", """{"collection":{"examples":[{"name":"a","request":{"path":"/"}},{"name":"b","request":{"path":"/"},"response":{"body":"a","base64":"AA=="}}]}}""", "collection.examples[1].response" },
        { "mockservers", """{"collection":{"examples":[{"name":"a","request":{"path":"/"},"response":{"delay":"3m1ms"}}]}}""", "collection.examples[0].response.delay" },
        { "mockservers", """{COLLECTION,"cors":{"at":"Ingress"}}""", "cors.at" },
        { "mockservers", """{COLLECTION,"cors":{"at":"Ingress"},"ingress":{"host":"a.example.com"}}""", "" },
        { "mockservers", """{COLLECTION,"publishUrl":{"address":"External","configMap":{"name":"a","key":"b"}}}""", "publishUrl.address" },
        { "mockservers", """{COLLECTION,"publishUrl":{"address":"External","configMap":{"name":"a","key":"b"}},"gateway":{"parentRefs":[{"name":"a"}]}}""", "" },
        { "mockservers", """{COLLECTION,"publishUrl":{"address":"Internal","configMap":{"name":"a","key":"b"}}}""", "" },
        { "mockservers", """{COLLECTION,"environment":{"from":[{"configMapRef":{"name":"a"}},{"secretRef":{"name":"a"},"prefix":"p","optional":true}],"postman":{"secretKeyRef":{"name":"a","key":"b"}}}}""", "" },
        { "mockservers", """{COLLECTION,"environment":{"from":[{"configMapRef":{"name":"a"},"secretRef":{"name":"a"}},{}]}}""", "environment.from[0] environment.from[1]" },
        { "mockservers", """{COLLECTION,"environment":{"postman":{"item":[]}}}""", "environment.postman" },
        { "mockservers", """{COLLECTION,"apiKeys":{"header":"X-Key"}}""", "" },
        { "mockservers", """{COLLECTION,"apiKeys":{"header":"Authorization"}}""", "apiKeys.header" },
        { "mockservers", """{COLLECTION,"apiKeys":{"header":"HOST"}}""", "apiKeys.header" },
        { "mockservers", """{COLLECTION,"apiKeys":{"header":"X-Mock-Seed"}}""", "apiKeys.header" },
        { "mockservers", """{COLLECTION,"cors":{"allowCredentials":true,"allowOrigins":["https://a.example.com"],"exposeHeaders":["X-A"]}}""", "" },
        { "mockservers", """{COLLECTION,"cors":{"allowCredentials":true}}""", "cors.allowCredentials" },
        { "mockservers", """{COLLECTION,"cors":{"allowCredentials":true,"allowOrigins":["https://a.example.com","null"]}}""", "cors.allowOrigins[1]" },
        { "mockservers", """{COLLECTION,"cors":{"allowCredentials":true,"allowOrigins":["https://a.example.com"],"exposeHeaders":["*"]}}""", "cors.exposeHeaders" },
        { "mockservers", """{COLLECTION,"cors":{"allowCredentials":false,"allowOrigins":["*"],"exposeHeaders":["*"],"maxAge":"24h"}}""", "" },
        { "mockservers", """{COLLECTION,"cors":{"maxAge":"24h1ms"}}""", "cors.maxAge" },
        { "mockservers", """{COLLECTION,"delay":{"preset":"2G"}}""", "" },
        { "mockservers", """{COLLECTION,"delay":{"min":"0s","max":"3m"}}""", "" },
        { "mockservers", """{COLLECTION,"delay":{}}""", "delay" },
        { "mockservers", """{COLLECTION,"delay":{"preset":"2G","fixed":"1s"}}""", "delay" },
        { "mockservers", """{COLLECTION,"delay":{"min":"1s"}}""", "delay" },
        { "mockservers", """{COLLECTION,"delay":{"min":"1001ms","max":"1s"}}""", "delay.min" },
        { "mockservers", """{COLLECTION,"delay":{"fixed":"4m"}}""", "delay.fixed" },
        { "mockservers", """{COLLECTION,"delay":{"min":"4m","max":"5m"}}""", "delay.min delay.max" },
        { "mockservers", """{COLLECTION,"serverResponses":[{"name":"a","status":503}],"activeServerResponse":"a"}""", "" },
        { "mockservers", """{COLLECTION,"serverResponses":[{"name":"a","status":503}],"activeServerResponse":"b"}""", "activeServerResponse" },
        { "mockservers", """{COLLECTION,"activeServerResponse":"b"}""", "activeServerResponse" },
        { "mockservers", """{COLLECTION,"rateLimit":{"requests":1,"per":"24h"}}""", "" },
        { "mockservers", """{COLLECTION,"rateLimit":{"requests":1,"per":"999ms"}}""", "rateLimit.per" },
        { "mockservers", """{COLLECTION,"rateLimit":{"requests":1,"per":"25h"}}""", "rateLimit.per" },
        { "mockservers", """{COLLECTION,"callLog":{"bytes":"64Ki"}}""", "" },
        { "mockservers", """{COLLECTION,"callLog":{"bytes":"268435456"}}""", "" },
        { "mockservers", """{COLLECTION,"callLog":{"bytes":"257Mi"}}""", "callLog.bytes" },
        { "mockservers", """{COLLECTION,"callLog":{"bytes":"63Ki"}}""", "callLog.bytes" },
        { "mockservers", """{COLLECTION,"callLog":{"bytes":"269M"}}""", "callLog.bytes" },
        { "mockservers", """{COLLECTION,"callLog":{"bytes":"65k"}}""", "callLog.bytes" },
        { "mockservers", """{COLLECTION,"callLog":{"bytes":"65535"}}""", "callLog.bytes" },
        { "collections", """{"postman":{"item":[]},"versions":[{"tag":"v1","configMapKeyRef":{"name":"a","key":"b"}}]}""", "" },
        { "collections", "{}", "spec" },
        { "collections", """{"postman":{"item":[]},"examples":[{"name":"a","request":{"path":"/"}}]}""", "spec" },
        { "collections", """{"examples":[{"name":"a","request":{"path":"/"},"response":{"body":"a","base64":"AA=="}}]}""", "examples[0].response" },
        { "collections", """{"examples":[{"name":"a","request":{"path":"/"},"response":{"delay":"1h"}}]}""", "examples[0].response.delay" },
        { "collections", """{"postman":{"item":[]},"versions":[{"tag":"v1"}]}""", "versions[0]" },
        { "collections", """{"postman":{"item":[]},"versions":[{"tag":"CURRENT","postman":{"item":[]}}]}""", "versions[0].tag" },
        { "collections", """{"postman":{"item":[]},"versions":[{"tag":"v1","examples":[{"name":"a","request":{"path":"/"},"response":{"body":"a","base64":"AA==","delay":"4m"}}]}]}""", "versions[0].examples[0].response versions[0].examples[0].response.delay" },
        { "mockquotas", """{"calls":1,"selector":{"matchExpressions":[{"key":"a","operator":"In","values":["b"]},{"key":"a","operator":"Exists"}]}}""", "" },
        { "mockquotas", """{"metadata":{"name":"LONG64"},"spec":{"calls":1}}""", "metadata.name" },
        { "mockquotas", """{"calls":1,"selector":{"matchExpressions":[{"key":"a","operator":"NotIn"}]}}""", "selector.matchExpressions[0].values" },
        { "mockquotas", """{"calls":1,"selector":{"matchExpressions":[{"key":"a","operator":"Exists","values":["b"]}]}}""", "selector.matchExpressions[0].values" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void The_definition_carries_exactly_the_rules_that_stand_beside_the_code(string plural)
    {
        IEnumerable<CelRule> carried = Crd.Of(plural).Walk().SelectMany(static node => (Crd.Find(node.Schema, "x-kubernetes-validations") as YamlSequenceNode ?? []).Cast<YamlMappingNode>()
            .Select(rule => new CelRule(node.Path, rule["rule"].ToString(), rule["message"].ToString(), Crd.Text(rule, "fieldPath"))));

        Assert.Equal(Lines(RulesOf(plural)), Lines(carried));
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Both_ways_of_saying_a_rule_judge_an_object_alike(string plural, string json, string places)
    {
        JsonNode manifest = Manifest(json);

        Assert.Equal(places, string.Join(' ', Problems(plural, manifest).Select(static problem => problem.Path.Length == 0 ? "spec" : problem.Path)));
        IReadOnlyList<CelRule> broken = CelEvaluation.Broken(RulesOf(plural), manifest);
        Assert.True((places.Length == 0) == (broken.Count == 0), string.Join('\n', broken));
        Assert.All(broken, rule => Assert.Contains(places.Split(' '), place => IsAbout(rule, place)));
    }

    [Fact]
    public void Every_rule_is_broken_by_one_of_the_objects()
    {
        HashSet<CelRule> broken = [.. Objects.SelectMany(static row => CelEvaluation.Broken(RulesOf(row.Data.Item1), Manifest(row.Data.Item2)))];

        Assert.Empty(All.SelectMany(static row => RulesOf(row.Data)).Except(broken));
    }

    private static IEnumerable<CelRule> RulesOf(string plural) => plural switch
    {
        "mockservers" => CelRules.OfMockServer,
        "collections" => CelRules.OfCollection,
        _ => CelRules.OfMockQuota,
    };

    private static IEnumerable<SpecProblem> Problems(string plural, JsonNode manifest)
    {
        string name = (string)manifest["metadata"]!["name"]!;
        switch (plural)
        {
            case "mockservers":
                MockServerSpec mock = manifest["spec"].Deserialize(ResourceJson.Default.MockServerSpec)!;
                return MockServerRules.Check(name, mock).Concat(CorsRules.Check(mock.Cors)).Concat(ApiKeyRules.Check(mock.ApiKeys));
            case "collections":
                return CollectionRules.Check(manifest["spec"].Deserialize(ResourceJson.Default.CollectionSpec)!);
            default:
                return MockQuotaRules.Check(name, manifest["spec"].Deserialize(ResourceJson.Default.MockQuotaSpec)!);
        }
    }

    private static JsonNode Manifest(string json)
    {
        JsonNode given = JsonNode.Parse(json
            .Replace("COLLECTION", "\"collectionRef\":{\"name\":\"a\"}", StringComparison.Ordinal)
            .Replace("LONG52", new string('a', 52), StringComparison.Ordinal)
            .Replace("LONG53", new string('a', 53), StringComparison.Ordinal)
            .Replace("LONG64", new string('a', 64), StringComparison.Ordinal))!;
        return given["metadata"] is null ? new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a" }, ["spec"] = given } : given;
    }

    /// <summary>Whether a rule in CEL stands at a place that C# names, at what holds it, or in it.</summary>
    private static bool IsAbout(CelRule rule, string place)
    {
        string at = rule.At.Length == 0 ? "metadata.name" : rule.At == ".spec" && rule.FieldPath is null ? "spec" : (rule.At + rule.FieldPath)[".spec.".Length..];
        string pattern = System.Text.RegularExpressions.Regex.Replace(place, @"\[\d+\]", "[]");
        return at == pattern || at.StartsWith(pattern + '.', StringComparison.Ordinal) || pattern.StartsWith(at + '.', StringComparison.Ordinal) || pattern.StartsWith(at + '[', StringComparison.Ordinal)
            || (rule.FieldPath is not null && pattern.StartsWith(rule.At[".spec.".Length..] + '.', StringComparison.Ordinal));
    }

    private static IEnumerable<string> Lines(IEnumerable<CelRule> rules) => rules.Select(static rule => rule.ToString()).Order(StringComparer.Ordinal);
}
