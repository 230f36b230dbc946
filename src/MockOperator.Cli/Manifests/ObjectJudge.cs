using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MockOperator.Cli.Manifests.Schemas;
using MockOperator.Resources;

namespace MockOperator.Cli.Manifests;

/// <summary>
/// Judges an object among the given files as the API server would judge it: fields that the shipped CRD does not know, the schema, and, once it keeps that, the rules that the CRD has in CEL, which are
/// those in C# here. What is of an earlier shape of the API is told by the name of what says the same now.
/// </summary>
internal static class ObjectJudge
{
    /// <summary>Judges an object.</summary>
    /// <returns>What would be refused; empty when nothing would.</returns>
    public static IReadOnlyList<LocalProblem> Judge(LocalObject local)
    {
        if (KnownKinds.Of(local.Kind) is not { } schema)
        {
            return [];
        }

        IReadOnlyList<SpecProblem> former = local.Body.TryGetProperty("spec", out JsonElement spec) ? FormerFields.Find(local.Kind, spec) : [];
        SchemaProblems found = JudgeBySchema(schema, local.Body);
        List<LocalProblem> problems = Tell(local, [.. former.Select(InObject), .. found.Kept.Where(problem => !former.Any(old => IsAtOrBelow(problem.Path, "spec." + old.Path)))]);
        if (found.Others > 0)
        {
            problems.Add(new LocalProblem(local.Where, $"There are {found.Others} more problems."));
        }

        return problems.Count > 0 ? problems : JudgeByRules(local, spec);
    }

    /// <summary>Judges an object by a schema alone.</summary>
    public static SchemaProblems JudgeBySchema(ObjectSchema schema, JsonElement body)
    {
        var problems = new SchemaProblems();
        UnknownFields.Find(schema, body, problems);
        MetadataRules.Judge(body, problems);

        // A server takes the status away from what people write, and judges the rest.
        ObjectSchema written = schema with { Properties = schema.Properties.Where(static field => field.Key != "status").ToFrozenDictionary(StringComparer.Ordinal) };
        new SchemaValidation(problems).Judge(FieldPath.Root, written, body);
        return problems;
    }

    private static List<LocalProblem> JudgeByRules(LocalObject local, JsonElement spec)
    {
        try
        {
            IEnumerable<SpecProblem> broken = local.Kind switch
            {
                "MockServer" => Check(Read(spec, RuntimeJson.Default.MockServerSpec), local.Name),
                "Collection" => CollectionRules.Check(Read(spec, RuntimeJson.Default.CollectionSpec)),
                "MockQuota" => MockQuotaRules.Check(local.Name, Read(spec, ResourceJson.Default.MockQuotaSpec)),
                _ => [],
            };
            return Tell(local, broken.Select(InObject));
        }
        catch (JsonException broken)
        {
            return [new LocalProblem(local.Where, $"spec{broken.Path?.TrimStart('$')}: {broken.Message}")];
        }
    }

    private static IEnumerable<SpecProblem> Check(MockServerSpec spec, string name) =>
        [.. MockServerRules.Check(name, spec), .. CorsRules.Check(spec.Cors), .. ApiKeyRules.Check(spec.ApiKeys)];

    private static T Read<T>(JsonElement spec, JsonTypeInfo<T> type)
        where T : class => spec.Deserialize(type) ?? throw new JsonException("null is no spec");

    /// <summary>The problems in the order of the file.</summary>
    private static List<LocalProblem> Tell(LocalObject local, IEnumerable<SchemaProblem> problems) =>
        [.. problems.OrderBy(problem => local.LineOf(problem.Path)).Select(problem => new LocalProblem(local.At(problem.Path), problem.Message))];

    private static SchemaProblem InObject(SpecProblem problem) =>
        new(FieldPath.Parse(problem.Path == "metadata.name" ? problem.Path : "spec." + problem.Path), problem.ToString());

    private static bool IsAtOrBelow(FieldPath path, string place)
    {
        string text = path.ToString();
        return text.StartsWith(place, StringComparison.Ordinal) && (text.Length == place.Length || text[place.Length] is '.' or '[');
    }
}
