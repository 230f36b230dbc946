using System.Text.Json;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Client.Naming;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Environments;

/// <summary>Environments: list, get, create, replace, patch, delete.</summary>
internal sealed class EnvironmentOperations(Sight sight, WorkspaceFinder workspaces, References references)
{
    public async Task ListAsync(ApiCall call)
    {
        string? ns = null;
        if (call.Workspace is { } workspace && (ns = await workspaces.FindAsync(call.Caller, workspace, call.Aborted)) is null)
        {
            await call.AnswerAsync(new EnvironmentList([]), PostmanJson.Default.EnvironmentList);
            return;
        }

        var store = new EnvironmentStore(call.Caller.Cluster);
        var environments = await sight.GatherAsync(call.Caller, ns, store.ListAsync, call.Aborted);
        foreach (var environment in environments)
            sight.Remember(call.Caller, PostmanId.Of(PostmanKind.Environment, environment.Key), environment.Key);
        await call.AnswerAsync(new EnvironmentList([.. environments.Select(Line)]), PostmanJson.Default.EnvironmentList);
    }

    public async Task GetAsync(ApiCall call)
    {
        var (environment, content) = await ReadAsync(call, 400);
        await call.AnswerAsync(new EnvironmentEnvelope(Answer(environment, content)), PostmanJson.Default.EnvironmentEnvelope);
    }

    public async Task CreateAsync(ApiCall call)
    {
        var ns = await workspaces.ForNewAsync(call.Caller, call.Workspace, call.Aborted);
        var content = EnvironmentReading.Read((await call.ReadJsonAsync()).Object("environment"), null);
        var store = new EnvironmentStore(call.Caller.Cluster);
        var document = Document(content);
        var made = await ObjectName.FirstFreeAsync(
            ObjectName.Of(content.Name, "environment"),
            free => store.CreateAsync(new ObjectKey(ns, free), document, call.Aborted),
            static e => e is ApiException { Kind: ApiFailure.AlreadyExists });
        sight.Remember(call.Caller, PostmanId.Of(PostmanKind.Environment, made.Key), made.Key);
        await call.AnswerAsync(Name(made.Key, content.Name), PostmanJson.Default.NamedEnvironment);
    }

    public async Task ReplaceAsync(ApiCall call)
    {
        var asked = (await call.ReadJsonAsync()).Object("environment");
        var (environment, now) = await ReadAsync(call, 404);
        var content = EnvironmentReading.Read(asked, now);
        await new EnvironmentStore(call.Caller.Cluster).ReplaceAsync(environment.Key, Document(content), call.Aborted);
        await call.AnswerAsync(Name(environment.Key, content.Name), PostmanJson.Default.NamedEnvironment);
    }

    public async Task PatchAsync(ApiCall call)
    {
        var patch = await call.ReadJsonAsync();
        var (environment, now) = await ReadAsync(call, 404);
        var content = EnvironmentPatch.Apply(patch, now);
        var stored = await new EnvironmentStore(call.Caller.Cluster).ReplaceAsync(environment.Key, Document(content), call.Aborted);
        await call.AnswerAsync(new EnvironmentEnvelope(Answer(stored, content)), PostmanJson.Default.EnvironmentEnvelope);
    }

    public async Task DeleteAsync(ApiCall call)
    {
        var missing = KnownErrors.NoSuchEnvironment(call.Segment("environmentId"), 404);
        var environment = await references.EnvironmentAsync(call, call.Segment("environmentId")) ?? throw new PostmanException(missing);
        if (!await new EnvironmentStore(call.Caller.Cluster).DeleteAsync(environment.Key, call.Aborted))
            throw new PostmanException(missing);
        var id = PostmanId.Of(PostmanKind.Environment, environment.Key);
        await call.AnswerAsync(new NamedEnvironment(new Named { Id = id, Uid = PostmanId.Uid(id) }), PostmanJson.Default.NamedEnvironment);
    }

    private async Task<(StoredEnvironment Environment, EnvironmentExport Content)> ReadAsync(ApiCall call, int missingStatus)
    {
        var missing = KnownErrors.NoSuchEnvironment(call.Segment("environmentId"), missingStatus);
        var environment = await references.EnvironmentAsync(call, call.Segment("environmentId")) ?? throw new PostmanException(missing);
        if (await new EnvironmentStore(call.Caller.Cluster).ExportAsync(environment.Key, call.Aborted) is not { } stored)
            throw new PostmanException(missing);
        try
        {
            return (environment, EnvironmentReading.FromStore(stored, environment.DisplayName));
        }
        catch (JsonException e)
        {
            throw new DocumentException($"What is stored of the environment {environment.Key} is no JSON that can be read: {JsonPlace.Where(e)}.");
        }
    }

    private static EnvironmentDocument Document(EnvironmentExport content) =>
        EnvironmentDocument.Read(JsonSerializer.SerializeToUtf8Bytes(content, PostmanJson.Default.EnvironmentExport));

    private static NamedEnvironment Name(ObjectKey key, string name)
    {
        var id = PostmanId.Of(PostmanKind.Environment, key);
        return new NamedEnvironment(new Named { Id = id, Name = name, Uid = PostmanId.Uid(id) });
    }

    private static EnvironmentLine Line(StoredEnvironment environment)
    {
        var id = PostmanId.Of(PostmanKind.Environment, environment.Key);
        return new EnvironmentLine
        {
            Id = id,
            Name = environment.DisplayName,
            CreatedAt = Timestamp.Created(environment.Metadata),
            UpdatedAt = Timestamp.Updated(environment.Metadata),
            Owner = PostmanId.Owner,
            Uid = PostmanId.Uid(id),
            IsPublic = false,
        };
    }

    private static EnvironmentAnswer Answer(StoredEnvironment environment, EnvironmentExport content)
    {
        var line = Line(environment);
        return new EnvironmentAnswer
        {
            Id = line.Id,
            Uid = line.Uid,
            Name = content.Name,
            Owner = line.Owner,
            CreatedAt = line.CreatedAt,
            UpdatedAt = line.UpdatedAt,
            Values = content.Values,
            IsPublic = false,
        };
    }
}
