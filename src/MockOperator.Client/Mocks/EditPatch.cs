using System.Buffers;
using System.Text.Json;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>An edit as a merge patch (RFC 7396): what changes, and nulls for what goes.</summary>
internal static class EditPatch
{
    /// <summary>Writes the patch.</summary>
    /// <param name="mock">The mock as it is.</param>
    /// <param name="edit">The edit.</param>
    /// <param name="resourceVersion">The version that it is meant for; null for any.</param>
    /// <exception cref="DocumentException">The edit breaks a rule.</exception>
    public static ReadOnlyMemory<byte> Write(MockServer mock, MockEdit edit, string? resourceVersion)
    {
        var before = mock.Spec ?? new MockServerSpec();
        var after = After(mock, before, edit);
        SpecCheck.Throw(mock.Metadata.Name, after);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (before != after)
            {
                WriteMetadata(json, mock, after, resourceVersion);
                json.WriteStartObject("spec");
                WriteChanges(json, before, after);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    /// <summary>Whether nothing of the mock itself changes.</summary>
    public static bool IsEmpty(MockServer mock, MockEdit edit)
    {
        var before = mock.Spec ?? new MockServerSpec();
        return before == After(mock, before, edit);
    }

    private static MockServerSpec After(MockServer mock, MockServerSpec before, MockEdit edit)
    {
        var after = before;
        if (edit.DisplayName is { } name && NullIfEmpty(name) != before.DisplayName)
            after = after with { DisplayName = NullIfEmpty(name) };
        after = WithCollection(after, edit);
        after = WithEnvironment(mock, after, edit);
        if (edit.Private is { } isPrivate && isPrivate != (before.Private ?? false))
            after = after with { Private = isPrivate };
        if (edit.Delay is { } delay && (delay == new DelaySpec() ? null : delay) != before.Delay)
            after = after with { Delay = delay == new DelaySpec() ? null : delay };
        if (edit.Serving is { } serving)
            after = serving.Apply(after);
        if (edit.ServerResponses is { } responses && !Same(before.ServerResponses, responses))
            after = after with { ServerResponses = responses.Count == 0 ? null : responses };
        if (edit.RespondWith is { } response && NullIfEmpty(response) != before.ActiveServerResponse)
            after = after with { ActiveServerResponse = RespondWith(mock, after, response) };
        var replicas = Replicas(mock, before.Replicas, edit);
        return replicas == before.Replicas ? after : after with { Replicas = replicas };
    }

    private static int? Replicas(MockServer mock, int? before, MockEdit edit) => edit switch
    {
        { Replicas: { } replicas } => replicas == (before ?? 1) ? before : replicas,
        { Paused: true } => 0,
        { Paused: false } when before == 0 => ReplicasBeforePause.Of(mock),
        _ => before,
    };

    private static string? RespondWith(MockServer mock, MockServerSpec spec, string name) =>
        name.Length == 0 ? null
        : spec.ServerResponses?.Any(response => response.Name == name) == true ? name
        : throw ServerResponses.Missing(new MockServer { Metadata = mock.Metadata, Spec = spec }, name);

    private static MockServerSpec WithCollection(MockServerSpec spec, MockEdit edit)
    {
        if (edit.Collection is null && edit.Version is null)
            return spec;
        var name = NullIfEmpty(edit.Collection) ?? spec.CollectionRef?.Name
            ?? throw new DocumentException("The examples of this mock are its own, so they have no versions. Name a Collection as well, which replaces them.");
        var version = edit.Version is null && name == spec.CollectionRef?.Name ? spec.CollectionRef.Version : edit.Version;
        var reference = new CollectionReference { Name = name, Version = string.IsNullOrEmpty(version) || version == CollectionSpec.CurrentVersion ? null : version };
        return (spec.CollectionRef is { Version: CollectionSpec.CurrentVersion } current ? current with { Version = null } : spec.CollectionRef) == reference
            ? spec
            : spec with { CollectionRef = reference, Collection = null };
    }

    private static MockServerSpec WithEnvironment(MockServer mock, MockServerSpec spec, MockEdit edit)
    {
        var name = edit.EnvironmentDocument is null ? edit.Environment : DraftedMock.EnvironmentKey(ObjectKey.Of(mock)).Name;
        if (name is null)
            return spec;
        var isSecret = edit.IsEnvironmentSecret || edit.EnvironmentDocument?.IsSecret == true;
        var postman = name.Length == 0 ? null : EnvironmentStore.ReferenceTo(name, isSecret);
        if (postman == spec.Environment?.Postman)
            return spec;
        var environment = (spec.Environment ?? new EnvironmentSpec()) with { Postman = postman };
        return spec with { Environment = environment == new EnvironmentSpec() ? null : environment };
    }

    private static void WriteMetadata(Utf8JsonWriter json, MockServer mock, MockServerSpec after, string? resourceVersion)
    {
        var isAnnotated = ReplicasBeforePause.Changes(mock, after, out var replicas);
        if (resourceVersion is null && !isAnnotated)
            return;
        json.WriteStartObject("metadata");
        if (resourceVersion is not null)
            json.WriteString("resourceVersion", resourceVersion);
        if (isAnnotated)
        {
            json.WriteStartObject("annotations");
            json.WriteString(ReplicasBeforePause.Annotation, replicas);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter json, MockServerSpec before, MockServerSpec after)
    {
        WriteText(json, "displayName", before.DisplayName, after.DisplayName);
        if (before.CollectionRef != after.CollectionRef)
        {
            json.WriteStartObject("collectionRef");
            WriteText(json, "name", before.CollectionRef?.Name, after.CollectionRef!.Name);
            WriteText(json, "version", before.CollectionRef?.Version, after.CollectionRef.Version);
            json.WriteEndObject();
        }

        if (before.Collection is not null && after.Collection is null)
            json.WriteNull("collection");
        MergeDifference.Write(json, "environment", before.Environment, after.Environment, ResourceJson.Default.EnvironmentSpec);
        if (before.Private != after.Private)
            json.WriteBoolean("private", after.Private ?? false);
        MergeDifference.Write(json, "cors", before.Cors, after.Cors, ResourceJson.Default.CorsSpec);
        MergeDifference.Write(json, "ingress", before.Ingress, after.Ingress, ResourceJson.Default.IngressSpec);
        MergeDifference.Write(json, "matching", before.Matching, after.Matching, ResourceJson.Default.MatchingSpec);
        MergeDifference.Write(json, "delay", before.Delay, after.Delay, ResourceJson.Default.DelaySpec);
        if (!ReferenceEquals(before.ServerResponses, after.ServerResponses))
        {
            json.WritePropertyName("serverResponses");
            if (after.ServerResponses is { } responses)
                JsonSerializer.Serialize(json, responses, ResourceJson.Default.IReadOnlyListServerResponseSpec);
            else
                json.WriteNullValue();
        }

        WriteText(json, "activeServerResponse", before.ActiveServerResponse, after.ActiveServerResponse);
        MergeDifference.Write(json, "quota", before.Quota, after.Quota, ResourceJson.Default.MockQuotaShorthand);
        MergeDifference.Write(json, "rateLimit", before.RateLimit, after.RateLimit, ResourceJson.Default.RateLimitSpec);
        if (before.Replicas != after.Replicas)
            json.WriteNumber("replicas", after.Replicas ?? 1);
    }

    private static void WriteText(Utf8JsonWriter json, string member, string? before, string? after)
    {
        if (before != after)
            json.WriteString(member, after);
    }

    private static bool Same(IReadOnlyList<ServerResponseSpec>? before, IReadOnlyList<ServerResponseSpec> after) =>
        before is not null && before.Count == after.Count && before.Zip(after).All(static pair => Same(pair.First, pair.Second));

    // A server writes the share that nothing says, and no headers are no list of them.
    private static bool Same(ServerResponseSpec before, ServerResponseSpec after) =>
        (before with { Headers = null, Share = null }) == (after with { Headers = null, Share = null })
        && (before.Share ?? ServerResponseRules.WholeShare) == (after.Share ?? ServerResponseRules.WholeShare)
        && (before.Headers ?? []).SequenceEqual(after.Headers ?? []);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
