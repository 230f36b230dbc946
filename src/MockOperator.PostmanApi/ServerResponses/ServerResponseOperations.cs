using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Requests;
using MockOperator.Resources;

namespace MockOperator.PostmanApi.ServerResponses;

/// <summary>Server responses of a mock: list, create, get, update, delete. Which one is active is said by the mock.</summary>
internal sealed class ServerResponseOperations(References references)
{
    private const int Attempts = 5;

    public async Task ListAsync(ApiCall call)
    {
        var mock = await FindAsync(call);
        await call.AnswerAsync([.. All(mock).Select(response => ServerResponseReading.Line(mock, response))], PostmanJson.Default.ServerResponseLineArray);
    }

    public async Task GetAsync(ApiCall call)
    {
        var mock = await FindAsync(call);
        await call.AnswerAsync(ServerResponseReading.Whole(mock, Find(call, mock)), PostmanJson.Default.ServerResponseAnswer);
    }

    public async Task CreateAsync(ApiCall call)
    {
        var asked = ServerResponseReading.Read((await call.ReadJsonAsync()).Object("serverResponse"), null);
        var name = asked.Name;
        var mock = await EditAsync(call, before =>
        {
            name = Free(asked.Name, All(before));
            return new MockEdit { ServerResponses = [.. All(before), asked with { Name = name }] };
        });
        await call.AnswerAsync(ServerResponseReading.Whole(mock, asked with { Name = name }), PostmanJson.Default.ServerResponseAnswer);
    }

    public async Task UpdateAsync(ApiCall call)
    {
        var asked = (await call.ReadJsonAsync()).Object("serverResponse");
        var after = new ServerResponseSpec();
        var mock = await EditAsync(call, before =>
        {
            var now = Find(call, before);
            after = ServerResponseReading.Read(asked, now);
            after = after with { Name = Free(after.Name, All(before).Where(other => other.Name != now.Name)) };
            return new MockEdit
            {
                ServerResponses = [.. All(before).Select(response => response.Name == now.Name ? after : response)],
                RespondWith = before.Spec?.ActiveServerResponse == now.Name && after.Name != now.Name ? after.Name : null,
            };
        });
        await call.AnswerAsync(ServerResponseReading.Whole(mock, after), PostmanJson.Default.ServerResponseAnswer);
    }

    public async Task DeleteAsync(ApiCall call)
    {
        ServerResponseAnswer? gone = null;
        await EditAsync(call, before =>
        {
            var now = Find(call, before);
            gone = ServerResponseReading.Whole(before, now) with { UpdatedAt = null, Mock = null };
            return new MockEdit
            {
                ServerResponses = [.. All(before).Where(response => response.Name != now.Name)],
                RespondWith = before.Spec?.ActiveServerResponse == now.Name ? "" : null,
            };
        });
        await call.AnswerAsync(gone!, PostmanJson.Default.ServerResponseAnswer);
    }

    private static IReadOnlyList<ServerResponseSpec> All(MockServer mock) => mock.Spec?.ServerResponses ?? [];

    private Task<MockServer> FindAsync(ApiCall call) => references.MockAsync(call, KnownErrors.NoSuchMockOfResponses);

    private static ServerResponseSpec Find(ApiCall call, MockServer mock) =>
        call.Id("serverResponseId") is { } id && All(mock).FirstOrDefault(response => ServerResponseReading.IdOf(mock, response) == id) is { } found
            ? found
            : throw new PostmanException(KnownErrors.NoSuchServerResponse);

    // In Postman several may have one name; here it is what tells them apart.
    private static string Free(string name, IEnumerable<ServerResponseSpec> others)
    {
        var taken = others.Select(other => other.Name).ToHashSet(StringComparer.Ordinal);
        var free = name;
        for (var number = 2; taken.Contains(free); number++)
            free = $"{name} {number}";
        return free;
    }

    /// <summary>Edits the list as it is, and none that somebody else has changed meanwhile: then it is read and edited again.</summary>
    private async Task<MockServer> EditAsync(ApiCall call, Func<MockServer, MockEdit> edit)
    {
        for (var attempt = 1; ; attempt++)
        {
            var mock = await FindAsync(call);
            var patch = JsonNode.Parse(MockEditor.Patch(mock, edit(mock)).Span)!.AsObject();
            patch["metadata"] = new JsonObject { ["resourceVersion"] = mock.Metadata.ResourceVersion };
            try
            {
                return await call.Caller.Cluster.Api.MergePatchAsync<MockServer>(ObjectKey.Of(mock), JsonSerializer.SerializeToUtf8Bytes(patch, PostmanJson.Default.JsonObject), call.Aborted);
            }
            catch (ApiException e) when (e.Kind == ApiFailure.Conflict && attempt < Attempts)
            {
                // The mock that is there now is read.
            }
        }
    }
}
