using System.Text.Json;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Caching;
using MockOperator.Resources;

namespace MockOperator.Operator.Projections;

/// <summary>
/// What the store keeps of a mock: what it refers to, how it is reached and how it does. Large content is left out and read when the bundle is built; large pieces of
/// pod specs and annotations are left out and read at each look at the mock, for they shape children that are compared then.
/// </summary>
public static class MockServerProjection
{
    private static readonly JsonElement s_leftOut = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>A mock without what is large in it.</summary>
    public static MockServer Of(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        bool hasLabels = mock.Metadata.Labels is { Count: > 0 };
        mock.Metadata = MetadataProjection.OfResource(ObjectTrimming.WithoutBookkeeping(mock).Metadata);
        mock.AreLabelsLeftOut = hasLabels && mock.Metadata.Labels is null;
        if (mock.Spec is { } spec && ContentOf(spec) > ContentSize.Kept)
        {
            mock.IsTrimmed = true;
            mock.Spec = WithoutContent(spec);
        }

        if (mock.Spec is { } rest && ShapeOf(rest) + StatusOf(mock) > ContentSize.Kept)
        {
            mock.IsOutlined = true;
            mock.Spec = WithoutShape(rest);
            mock.Status = null;
        }

        return mock;
    }

    private static int ContentOf(MockServerSpec spec) =>
        ContentSize.Of(spec.Collection)
        + ContentSize.Of(spec.Environment?.Variables?.Select(static variable => KeyValuePair.Create(variable.Name, variable.Value)))
        + (spec.ServerResponses?.Sum(static response => ContentSize.Of(response)) ?? 0);

    private static MockServerSpec WithoutContent(MockServerSpec spec) => spec with
    {
        Collection = spec.Collection is { } embedded
            ? embedded with { Postman = embedded.Postman is null ? null : s_leftOut, Examples = embedded.Examples is null ? null : [] }
            : null,
        Environment = spec.Environment is { } environment ? environment with { Variables = null } : null,
        ServerResponses = spec.ServerResponses is { } responses ? [.. responses.Select(static response => response with { Headers = null, Body = null })] : null,
    };

    private static int ShapeOf(MockServerSpec spec) =>
        SizeOf(spec.PodTemplate) + SizeOf(spec.Affinity)
        + (spec.Tolerations?.Sum(static element => SizeOf(element)) ?? 0)
        + (spec.TopologySpreadConstraints?.Sum(static element => SizeOf(element)) ?? 0)
        + ContentSize.Of(spec.Ingress?.Annotations);

    private static MockServerSpec WithoutShape(MockServerSpec spec) => spec with
    {
        PodTemplate = null,
        Affinity = null,
        Tolerations = null,
        TopologySpreadConstraints = null,
        Ingress = spec.Ingress is { } ingress ? ingress with { Annotations = null } : null,
    };

    // Whoever may write statuses may write large ones.
    private static int StatusOf(MockServer mock) => mock.Status is { } status ? JsonSerializer.SerializeToUtf8Bytes(status, ResourceJson.Default.MockServerStatus).Length : 0;

    private static int SizeOf(JsonElement? element) => element is { ValueKind: not JsonValueKind.Undefined } given ? given.GetRawText().Length : 0;
}
