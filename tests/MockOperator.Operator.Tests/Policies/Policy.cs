using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Cel;
using Google.Protobuf.Reflection;
using MockOperator.Operator.Tests.Installation;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Policies;

/// <summary>
/// A shipped ValidatingAdmissionPolicy, evaluated by a CEL library in place of an API server: match conditions, variables in their order, then every validation.
/// As on a server, an expression that fails is a refusal.
/// </summary>
internal sealed class Policy
{
    public const string Namespace = "demo";

    private static readonly CelEnvironment s_cel = Environment();
    private static readonly ConcurrentDictionary<string, CelProgramDelegate> s_compiled = new(StringComparer.Ordinal);

    private readonly YamlNode _spec;

    private Policy(YamlNode policy) => _spec = policy["spec"];

    /// <summary>What one evaluation may ask the authorizer: a check costs 350,000 of the 1,000,000 that an expression has.</summary>
    public const int MostChecksOfAnExpression = 2;

    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Path.Combine(Manifests.Root, "config", "policies"), "*.yaml").Select(static path => Path.GetFileName(path)).Where(static name => name != "kustomization.yaml").Order(StringComparer.Ordinal)];

    public static Policy Read(string file) =>
        new(Assert.Single(Manifests.Read("config", "policies", file), static document => document["kind"].ToString() == "ValidatingAdmissionPolicy"));

    /// <summary>Why a request is refused; empty when it is not.</summary>
    /// <param name="requester">Who asks.</param>
    /// <param name="resource">For what, by its plural.</param>
    /// <param name="now">The object as it is to be, or null for a deletion.</param>
    /// <param name="before">The object as it is, or null for a creation.</param>
    /// <param name="ns">The namespace.</param>
    public IReadOnlyList<string> Refusals(Requester requester, string resource, JsonNode? now, JsonNode? before = null, string ns = Namespace)
    {
        int checks = 0;
        var context = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["object"] = Value(now),
            ["oldObject"] = Value(before),
            ["request"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["operation"] = now is null ? "DELETE" : before is null ? "CREATE" : "UPDATE",
                ["namespace"] = ns,
                ["resource"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["resource"] = resource },
                ["userInfo"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["username"] = requester.Name },
            },
            ["authorizer"] = new Authorizer(requester, _ => ++checks > 0),
        };
        if (!Matches(resource, now is null ? "DELETE" : before is null ? "CREATE" : "UPDATE"))
        {
            return [];
        }

        object? Run(string expression)
        {
            checks = 0;
            object? result = s_compiled.GetOrAdd(expression, s_cel.Compile)(context);
            Assert.True(checks <= MostChecksOfAnExpression, $"{checks} checks in {expression}");
            return result;
        }

        if (List("matchConditions").Any(condition => !(bool)Run(condition["expression"].ToString())!))
        {
            return [];
        }

        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        context["variables"] = variables;
        foreach (YamlNode variable in List("variables"))
        {
            try
            {
                variables[variable["name"].ToString()] = Run(variable["expression"].ToString());
            }
            catch (Exception error) when (IsOfCel(error))
            {
                // A server evaluates a variable when it is used: without it, what uses it fails as well.
            }
        }

        List<string> refusals = [];
        foreach (YamlNode validation in List("validations"))
        {
            try
            {
                if (!(bool)Run(validation["expression"].ToString())!)
                {
                    refusals.Add(validation is YamlMappingNode map && map.Children.ContainsKey("messageExpression")
                        ? (string)Run(validation["messageExpression"].ToString())!
                        : validation["message"].ToString());
                }
            }
            catch (Exception error) when (IsOfCel(error))
            {
                refusals.Add($"the expression fails: {error.Message}");
            }
        }

        return refusals;
    }

    private bool Matches(string resource, string operation) =>
        ((YamlSequenceNode)_spec["matchConstraints"]["resourceRules"]).Any(rule => Has(rule["resources"], resource) && Has(rule["operations"], operation));

    private static bool Has(YamlNode list, string text) => ((YamlSequenceNode)list).Any(item => item.ToString() == text);

    private IEnumerable<YamlNode> List(string field) =>
        ((YamlMappingNode)_spec).Children.TryGetValue(field, out YamlNode? list) ? ((YamlSequenceNode)list).Children : [];

    private static bool IsOfCel(Exception error) => error.GetType().Namespace?.StartsWith("Cel", StringComparison.Ordinal) == true;

    private static CelEnvironment Environment()
    {
        var environment = new CelEnvironment(Array.Empty<FileDescriptor>(), "");
        Authorizer.Register(environment);
        return environment;
    }

    private static object? Value(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map.ToDictionary(static pair => pair.Key, static pair => Value(pair.Value), StringComparer.Ordinal),
        JsonArray list => list.Select(Value).ToList(),
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
    };
}
