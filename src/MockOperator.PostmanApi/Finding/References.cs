using MockOperator.Client.Environments;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Finding;

/// <summary>From ids in paths and bodies to the objects that they are of.</summary>
internal sealed class References(Sight sight)
{
    /// <summary>The mock in a path.</summary>
    /// <exception cref="PostmanException">There is none that the caller can see.</exception>
    public async Task<MockServer> MockAsync(ApiCall call, PostmanError missing)
    {
        if (call.Id("mockId") is { } id
            && await sight.FindAsync<MockServer>(call.Caller, PostmanKind.Mock, id, call.Aborted) is { } key
            && await call.Caller.Cluster.Api.GetAsync<MockServer>(key, call.Aborted) is { } mock)
            return mock;
        throw new PostmanException(missing);
    }

    /// <summary>The collection of an id or uid; null when there is none that the caller can see.</summary>
    public async Task<ObjectKey?> CollectionAsync(ApiCall call, string? text) =>
        PostmanId.Read(text) is { } id ? await sight.FindAsync<Collection>(call.Caller, PostmanKind.Collection, id, call.Aborted) : null;

    /// <summary>The environment of an id or uid; null when there is none that the caller can see.</summary>
    public async Task<StoredEnvironment?> EnvironmentAsync(ApiCall call, string? text)
    {
        if (PostmanId.Read(text) is not { } id)
            return null;
        var store = new EnvironmentStore(call.Caller.Cluster);
        var key = await sight.FindAsync(
            call.Caller,
            PostmanKind.Environment,
            id,
            async (ns, ends) => [.. (await store.ListAsync(ns, ends)).Select(environment => environment.Key)],
            call.Aborted);
        return key is { } found ? await store.FindAsync(found, call.Aborted) : null;
    }

    /// <summary>The collection that a mock in a namespace is to serve.</summary>
    /// <exception cref="PostmanException">There is none, or it is in another namespace.</exception>
    public async Task<ObjectKey> CollectionForMockAsync(ApiCall call, string text, string? ns)
    {
        if (await CollectionAsync(call, text) is not { } key)
            throw new PostmanException(KnownErrors.InvalidParameter("collection", "The specified collection does not exist."));
        return ns is null || key.Namespace == ns ? key : throw Elsewhere("collection", key, ns);
    }

    /// <summary>The environment that a mock in a namespace is to use.</summary>
    /// <exception cref="PostmanException">There is none, or it is in another namespace.</exception>
    public async Task<StoredEnvironment> EnvironmentForMockAsync(ApiCall call, string text, string ns)
    {
        if (await EnvironmentAsync(call, text) is not { } environment)
            throw new PostmanException(KnownErrors.InvalidParameter("environment", "The specified environment does not exist."));
        return environment.Key.Namespace == ns ? environment : throw Elsewhere("environment", environment.Key, ns);
    }

    private static PostmanException Elsewhere(string parameter, ObjectKey key, string ns) =>
        new(KnownErrors.InvalidParameter(parameter, $"The {parameter} is in the workspace {key.Namespace}, and the mock in {ns}: both must be in one."));
}
