using System.Collections.Frozen;
using System.Text.Json;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Allowances;

/// <summary>
/// The part of <c>spec.podTemplate</c> that changes how the pods of a mock are labelled, placed, sized and probed, and nothing of what runs in them, as whom, and
/// with what of the node or the namespace. A field that is not known here is not in it, so a field that a later Kubernetes adds is not either.
/// </summary>
public static class PodTemplateSubset
{
    private const string Cure = "leave it out, or have the operator run with --pod-templates=Any";

    private static readonly Rule s_free = static (_, _, _) => [];

    // The host of a probe is not in it: kubelets would call any address from the network of their node.
    private static readonly Rule s_probe = Fields(
        ("httpGet", Fields(("path", s_free), ("port", s_free), ("scheme", s_free), ("httpHeaders", s_free))),
        ("tcpSocket", Fields(("port", s_free))),
        ("grpc", Fields(("port", s_free), ("service", s_free))),
        ("initialDelaySeconds", s_free),
        ("timeoutSeconds", s_free),
        ("periodSeconds", s_free),
        ("successThreshold", s_free),
        ("failureThreshold", s_free));

    private static readonly Rule s_container = Fields(
        ("name", OnlyRuntime),
        ("resources", Fields(("limits", s_free), ("requests", s_free))),
        ("env", Each(Fields(("name", s_free), ("value", s_free), ("valueFrom", Fields(("configMapKeyRef", s_free)))))),
        ("envFrom", Each(Fields(("prefix", s_free), ("configMapRef", s_free)))),
        ("livenessProbe", s_probe),
        ("readinessProbe", s_probe),
        ("startupProbe", s_probe));

    private static readonly Rule s_template = Fields(
        ("metadata", Fields(("labels", Keys), ("annotations", Keys))),
        ("spec", Fields(
            ("nodeSelector", s_free),
            ("affinity", s_free),
            ("tolerations", s_free),
            ("topologySpreadConstraints", s_free),
            ("priorityClassName", NotReserved),
            ("containers", Each(Named(s_container))))));

    private delegate IEnumerable<SpecProblem> Rule(string path, JsonElement value, MetadataKeys keys);

    /// <summary>Looks for what is not in the subset.</summary>
    /// <param name="template">The template.</param>
    /// <param name="keys">The labels and annotations that may be set.</param>
    public static IEnumerable<SpecProblem> Check(JsonElement template, MetadataKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return s_template("podTemplate", template, keys);
    }

    /// <summary>What is wrong with a priority class of Kubernetes itself.</summary>
    internal static SpecProblem ReservedClass(string path) => new(path, $"priority classes that begin with 'system-' are for Kubernetes itself: {Cure}");

    // Null removes what the operator would set, which a field that may be set may do as well.
    private static Rule Fields(params (string Name, Rule Rule)[] fields)
    {
        var rules = fields.ToFrozenDictionary(static field => field.Name, static field => field.Rule, StringComparer.Ordinal);
        string known = string.Join(", ", fields.Select(static field => field.Name));
        return (path, value, keys) => value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Object => value.EnumerateObject().SelectMany(field => rules.TryGetValue(field.Name, out Rule? rule)
                ? rule($"{path}.{field.Name}", field.Value, keys)
                : [new SpecProblem($"{path}.{MetadataKeys.Quote(field.Name)}", $"of this part a MockServer may write {known}: {Cure}")]),
            _ => [new SpecProblem(path, "an object is expected")],
        };
    }

    private static Rule Each(Rule rule) => (path, value, keys) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => value.EnumerateArray().SelectMany((element, index) => rule($"{path}[{index}]", element, keys)),
        _ => [new SpecProblem(path, "a list is expected")],
    };

    private static Rule Named(Rule rule) => (path, value, keys) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("name", out _)
        ? rule(path, value, keys)
        : [new SpecProblem(path, $"a container is named by name: the one that can be changed is {DeploymentBuilder.ContainerName}")];

    private static IEnumerable<SpecProblem> OnlyRuntime(string path, JsonElement value, MetadataKeys keys) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(DeploymentBuilder.ContainerName)
            ? []
            : [new SpecProblem(path, $"a MockServer may change the container {DeploymentBuilder.ContainerName} and add none: {Cure}")];

    private static IEnumerable<SpecProblem> NotReserved(string path, JsonElement value, MetadataKeys keys) =>
        value.ValueKind == JsonValueKind.String && UserAllowances.IsReserved(value.GetString()) ? [ReservedClass(path)] : [];

    private static IEnumerable<SpecProblem> Keys(string path, JsonElement value, MetadataKeys keys) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Object => value.EnumerateObject()
            .Where(entry => !keys.Allows(entry.Name))
            .Select(entry => MetadataKeys.Refusal($"{path}[{MetadataKeys.Quote(entry.Name)}]", entry.Name)),
        _ => [new SpecProblem(path, "an object is expected")],
    };
}
