using MockOperator.Client.Environments;
using MockOperator.Client.Mocks;
using MockOperator.Client.Naming;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Requests;
using MockOperator.Resources;

namespace MockOperator.PostmanApi.Mocks;

/// <summary>Mocks: list, create, get, update, delete, publish, unpublish.</summary>
internal sealed class MockOperations(Sight sight, WorkspaceFinder workspaces, References references)
{
    /// <summary>What an object is for, by the annotation that Kubernetes documents.</summary>
    private const string Description = "kubernetes.io/description";

    private const int LongestDescription = 4096;
    private const int LongestName = 256;

    private static readonly string[] Changeable = ["name", "environment", "description", "private", "versionTag", "collection", "config"];

    public async Task ListAsync(ApiCall call)
    {
        string? ns = null;
        if (call.Workspace is { } workspace && (ns = await workspaces.FindAsync(call.Caller, workspace, call.Aborted)) is null)
        {
            await call.AnswerAsync(new MockList([]), PostmanJson.Default.MockList);
            return;
        }

        var mocks = await sight.ListAsync<ListedMock, (ObjectKey Key, MockAnswer Answer)>(
            call.Caller, ns, static mock => (ObjectKey.Of(mock), MockReading.Read(mock, inList: true)), call.Aborted);
        foreach (var (key, answer) in mocks)
            sight.Remember(call.Caller, answer.Id, key);
        await call.AnswerAsync(new MockList([.. mocks.Select(mock => mock.Answer)]), PostmanJson.Default.MockList);
    }

    public async Task GetAsync(ApiCall call) =>
        await call.AnswerAsync(new MockEnvelope(MockReading.Read(ListedMock.Of(await FindAsync(call)), inList: false)), PostmanJson.Default.MockEnvelope);

    public async Task CreateAsync(ApiCall call)
    {
        var asked = (await call.ReadJsonAsync()).Object("mock");
        var named = asked.NeededText("collection");
        var name = asked.Text("name", LongestName) is { Length: > 0 } given ? given.Trim() : null;
        var isPrivate = asked.Truth("private") ?? false;
        var environment = asked.Text("environment");
        var workspace = call.Workspace is { } text
            ? await workspaces.FindAsync(call.Caller, text, call.Aborted) ?? throw new PostmanException(KnownErrors.NoSuchWorkspace)
            : null;
        var collection = await references.CollectionForMockAsync(call, named, workspace);
        var variables = string.IsNullOrEmpty(environment) ? null : Use(await references.EnvironmentForMockAsync(call, environment, collection.Namespace));

        var maker = new MockMaker(call.Caller.Cluster);
        var mock = await ObjectName.FirstFreeAsync(
            ObjectName.Of(name ?? collection.Name, "mock"),
            free => maker.MakeAsync(
                new MockDraft
                {
                    Name = free,
                    Namespace = collection.Namespace,
                    DisplayName = name == free ? null : name,
                    Collection = new CollectionReference { Name = collection.Name },
                    Environment = variables,
                    Private = isPrivate,
                },
                cancellationToken: call.Aborted),
            IsTaken);
        var answer = MockReading.Written(ListedMock.Of(mock));
        sight.Remember(call.Caller, answer.Id, ObjectKey.Of(mock));
        await call.AnswerAsync(new MockEnvelope(answer), PostmanJson.Default.MockEnvelope);
    }

    public async Task UpdateAsync(ApiCall call)
    {
        var asked = (await call.ReadJsonAsync()).Object("mock");
        var mock = await FindAsync(call);
        var key = ObjectKey.Of(mock);
        if (!Changeable.Any(name => asked.Member(name) is not null))
            throw new PostmanException(KnownErrors.EmptyMockUpdate);

        var edit = new MockEdit
        {
            DisplayName = asked.Text("name", LongestName)?.Trim(),
            Collection = await CollectionAsync(call, asked, mock),
            Version = asked.Text("versionTag"),
            Environment = asked.Member("environment") is not { } environment
                ? null
                : environment.IsNull || environment.AsText().Length == 0 ? "" : (await references.EnvironmentForMockAsync(call, environment.AsText(), key.Namespace)).Key.Name,
            // Clients send false unless told otherwise: a rename must not open a private mock. Publishing does.
            Private = asked.Truth("private") == true ? true : null,
            RespondWith = ActiveResponse(asked, mock),
        };
        var description = asked.Text("description", LongestDescription);

        if (edit != new MockEdit())
            mock = await new MockEditor(call.Caller.Cluster).EditAsync(key, edit, cancellationToken: call.Aborted);
        if (description is not null)
            await call.Caller.Cluster.Api.AnnotateAsync<MockServer>(key, new Dictionary<string, string?>(StringComparer.Ordinal) { [Description] = description.Length == 0 ? null : description }, call.Aborted);
        await call.AnswerAsync(new MockEnvelope(MockReading.Written(ListedMock.Of(mock))), PostmanJson.Default.MockEnvelope);
    }

    public async Task DeleteAsync(ApiCall call)
    {
        var mock = await FindAsync(call);
        if (!await new MockEditor(call.Caller.Cluster).DeleteAsync(ObjectKey.Of(mock), call.Aborted))
            throw new PostmanException(KnownErrors.NoSuchMock);
        var id = PostmanId.Of(PostmanKind.Mock, ObjectKey.Of(mock));
        await call.AnswerAsync(new NamedMock(new Named { Id = id, Uid = PostmanId.Uid(id) }), PostmanJson.Default.NamedMock);
    }

    public Task PublishAsync(ApiCall call) => OpenAsync(call, isPrivate: false, KnownErrors.AlreadyPublished);

    public Task UnpublishAsync(ApiCall call) => OpenAsync(call, isPrivate: true, KnownErrors.AlreadyUnpublished);

    private async Task OpenAsync(ApiCall call, bool isPrivate, PostmanError already)
    {
        var mock = await FindAsync(call);
        if (MockReading.IsPrivate(ListedMock.Of(mock)) == isPrivate)
            throw new PostmanException(already);
        await new MockEditor(call.Caller.Cluster).EditAsync(ObjectKey.Of(mock), new MockEdit { Private = isPrivate }, cancellationToken: call.Aborted);
        await call.AnswerAsync(new NamedMock(new Named { Id = PostmanId.Of(PostmanKind.Mock, ObjectKey.Of(mock)) }), PostmanJson.Default.NamedMock);
    }

    private Task<MockServer> FindAsync(ApiCall call) => references.MockAsync(call, KnownErrors.NoSuchMock);

    // Clients that must name a collection name the one that is there.
    private async Task<string?> CollectionAsync(ApiCall call, JsonPlace asked, MockServer mock)
    {
        if (asked.Text("collection") is not { Length: > 0 } collection || PostmanId.Read(collection) == PostmanId.Read(MockReading.CollectionUid(ListedMock.Of(mock))))
            return null;
        return (await references.CollectionForMockAsync(call, collection, mock.Metadata.NamespaceProperty)).Name;
    }

    private static string? ActiveResponse(JsonPlace asked, MockServer mock)
    {
        if (asked.Member("config") is not { IsNull: false } config || config.Member("serverResponseId") is not { } response)
            return null;
        if (response.IsNull || response.AsText().Length == 0)
            return "";
        var id = PostmanId.Read(response.AsText());
        return mock.Spec?.ServerResponses?.FirstOrDefault(known => PostmanId.Of(PostmanKind.ServerResponse, ObjectKey.Of(mock), known.Name) == id)?.Name
            ?? throw new PostmanException(KnownErrors.InvalidParameter("serverResponseId", "The specified server response does not exist."));
    }

    private static EnvironmentSpec Use(StoredEnvironment environment) => new()
    {
        Postman = environment.IsSecret
            ? new PostmanEnvironmentSource { SecretKeyRef = new SecretKeyReference { Name = environment.Key.Name, Key = EnvironmentStore.Key } }
            : new PostmanEnvironmentSource { ConfigMapKeyRef = new ConfigMapKeyReference { Name = environment.Key.Name, Key = EnvironmentStore.Key } },
    };

    private static bool IsTaken(Exception e) => e is ApiException { Kind: ApiFailure.AlreadyExists };
}
