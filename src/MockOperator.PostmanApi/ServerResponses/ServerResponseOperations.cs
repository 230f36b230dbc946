using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Requests;
using MockOperator.Resources;
using Responses = MockOperator.Client.Mocks.ServerResponses;

namespace MockOperator.PostmanApi.ServerResponses;

/// <summary>Server responses of a mock: list, create, get, update, delete. Which one is active is said by the mock.</summary>
internal sealed class ServerResponseOperations(References references)
{
    public async Task ListAsync(ApiCall call)
    {
        var mock = await FindAsync(call);
        await call.AnswerAsync([.. Responses.Of(mock).Select(response => ServerResponseReading.Line(mock, response))], PostmanJson.Default.ServerResponseLineArray);
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
            name = Free(asked.Name, Responses.Of(before));
            return Responses.Put(before, null, asked with { Name = name });
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
            after = after with { Name = Free(after.Name, Responses.Of(before).Where(other => other.Name != now.Name)) };
            return Responses.Put(before, now.Name, after);
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
            return Responses.Remove(before, now.Name);
        });
        await call.AnswerAsync(gone!, PostmanJson.Default.ServerResponseAnswer);
    }

    private Task<MockServer> FindAsync(ApiCall call) => references.MockAsync(call, KnownErrors.NoSuchMockOfResponses);

    private static ServerResponseSpec Find(ApiCall call, MockServer mock) =>
        call.Id("serverResponseId") is { } id && Responses.Of(mock).FirstOrDefault(response => ServerResponseReading.IdOf(mock, response) == id) is { } found
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

    private async Task<MockServer> EditAsync(ApiCall call, Func<MockServer, MockEdit> edit)
    {
        var key = ObjectKey.Of(await FindAsync(call));
        try
        {
            return await new MockEditor(call.Caller.Cluster).ChangeAsync(key, edit, cancellationToken: call.Aborted);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            throw new PostmanException(KnownErrors.NoSuchMockOfResponses);
        }
    }
}
