using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Operator.Desired;

/// <summary>
/// The parts of a spec that are written as in a pod spec. They are read once, before anything is built, so that a mistake in them is told with its place
/// instead of failing halfway.
/// </summary>
public sealed record PodOverrides
{
    // The package's own rules, those of KubernetesJson, bring along all of Kubernetes.
    private static readonly JsonSerializerOptions s_json = ApiJson.Create(OperatorJson.Default);

    /// <summary>Nothing overridden.</summary>
    public static PodOverrides None { get; } = new();

    /// <summary>Tolerations or null.</summary>
    public IList<V1Toleration>? Tolerations { get; init; }

    /// <summary>Affinity or null.</summary>
    public V1Affinity? Affinity { get; init; }

    /// <summary>Topology spread or null for the default.</summary>
    public IList<V1TopologySpreadConstraint>? TopologySpreadConstraints { get; init; }

    /// <summary>The template to merge over ours, or null.</summary>
    public JsonObject? PodTemplate { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="overrides">What was read.</param>
    /// <param name="problem">What was wrong and where.</param>
    public static bool TryRead(MockServerSpec spec, [NotNullWhen(true)] out PodOverrides? overrides, [NotNullWhen(false)] out string? problem)
    {
        overrides = null;
        problem = FindRunaway("spec.tolerations", spec.Tolerations)
            ?? FindRunaway("spec.topologySpreadConstraints", spec.TopologySpreadConstraints)
            ?? FindRunaway("spec.affinity", spec.Affinity)
            ?? FindRunaway("spec.podTemplate", spec.PodTemplate);
        if (problem is not null)
        {
            return false;
        }

        string place = "";
        try
        {
            place = "spec.tolerations";
            List<V1Toleration>? tolerations = ReadList<V1Toleration>(spec.Tolerations);
            place = "spec.topologySpreadConstraints";
            List<V1TopologySpreadConstraint>? spread = ReadList<V1TopologySpreadConstraint>(spec.TopologySpreadConstraints);
            place = "spec.affinity";
            V1Affinity? affinity = spec.Affinity is { } element ? Read<V1Affinity>(element) : null;
            place = "spec.podTemplate";
            JsonObject? template = spec.PodTemplate is { } given ? JsonObject.Create(given) : null;
            var read = new PodOverrides { Tolerations = tolerations, TopologySpreadConstraints = spread, Affinity = affinity, PodTemplate = template };
            if (template is not null)
            {
                _ = read.Merge(new V1PodTemplateSpec { Spec = new V1PodSpec { Containers = [] } }, "mock");
            }

            overrides = read;
            problem = null;
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The client's converters report a wrong type only by throwing; the message names the path below the place.
            problem = $"{place}: {error.Message}";
            return false;
        }
    }

    /// <summary>Merges <see cref="PodTemplate"/> over a template. The labels that the Deployment selects by stay.</summary>
    public V1PodTemplateSpec Merge(V1PodTemplateSpec template, string mock)
    {
        if (PodTemplate is null)
        {
            return template;
        }

        JsonNode ours = JsonSerializer.SerializeToNode(template, ApiJson.TypeOf<V1PodTemplateSpec>(s_json))!;
        TemplateMerge.Into(ours.AsObject(), PodTemplate);
        V1PodTemplateSpec merged = ours.Deserialize(ApiJson.TypeOf<V1PodTemplateSpec>(s_json))!;
        merged.Metadata ??= new V1ObjectMeta();
        merged.Metadata.Labels ??= new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in ChildLabels.Of(mock))
        {
            merged.Metadata.Labels[key] = value;
        }

        return merged;
    }

    private static string? FindRunaway(string place, IEnumerable<JsonElement>? elements) =>
        elements?.Select((element, index) => FindRunaway($"{place}[{index}]", element)).FirstOrDefault(static problem => problem is not null);

    // The client reads quantities as exact numbers of any size, wherever they are in a pod.
    private static string? FindRunaway(string place, JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Object } map => map.EnumerateObject()
            .Select(property => FindRunaway($"{place}.{property.Name}", property.Value)).FirstOrDefault(static problem => problem is not null),
        { ValueKind: JsonValueKind.Array } list => FindRunaway(place, list.EnumerateArray()),
        { ValueKind: JsonValueKind.String } text when QuantityRules.IsRunaway(text.GetString()!) => $"{place}: this number is too long or too large",
        { ValueKind: JsonValueKind.Number } number when QuantityRules.IsRunaway(number.GetRawText()) => $"{place}: this number is too long or too large",
        _ => null,
    };

    private static List<T>? ReadList<T>(IReadOnlyList<JsonElement>? elements) =>
        elements is { Count: > 0 } ? [.. elements.Select(Read<T>)] : null;

    private static T Read<T>(JsonElement element) => element.Deserialize(ApiJson.TypeOf<T>(s_json))!;
}
