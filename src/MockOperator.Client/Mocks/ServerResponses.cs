using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>The server responses of a mock, and edits of them. What tells them apart is their name.</summary>
public static class ServerResponses
{
    /// <summary>All of a mock, in order.</summary>
    public static IReadOnlyList<ServerResponseSpec> Of(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return mock.Spec?.ServerResponses ?? [];
    }

    /// <summary>Finds one.</summary>
    /// <returns>The server response; null when there is none of the name.</returns>
    public static ServerResponseSpec? Find(MockServer mock, string name) => Of(mock).FirstOrDefault(response => response.Name == name);

    /// <summary>Adds one, or puts it in the place of another. One that is active stays active, whatever it is called then.</summary>
    /// <param name="mock">The mock as it is.</param>
    /// <param name="replaced">Name of the one that it replaces; null adds one.</param>
    /// <param name="response">The server response.</param>
    /// <returns>The edit.</returns>
    /// <exception cref="DocumentException">There is none to replace, or another one has the name.</exception>
    public static MockEdit Put(MockServer mock, string? replaced, ServerResponseSpec response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (replaced is not null && Find(mock, replaced) is null)
            throw Missing(mock, replaced);
        if (response.Name != replaced && Find(mock, response.Name) is not null)
            throw new DocumentException($"Mock '{mock.Metadata.Name}' has a server response '{response.Name}' already. Choose another name, or change that one.");
        return new MockEdit
        {
            ServerResponses = replaced is null ? [.. Of(mock), response] : [.. Of(mock).Select(one => one.Name == replaced ? response : one)],
            RespondWith = replaced is not null && mock.Spec?.ActiveServerResponse == replaced && response.Name != replaced ? response.Name : null,
        };
    }

    /// <summary>Removes one. When it is active, the mock answers by its examples again.</summary>
    /// <param name="mock">The mock as it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The edit.</returns>
    /// <exception cref="DocumentException">There is none.</exception>
    public static MockEdit Remove(MockServer mock, string name) => Find(mock, name) is null
        ? throw Missing(mock, name)
        : new MockEdit
        {
            ServerResponses = [.. Of(mock).Where(one => one.Name != name)],
            RespondWith = mock.Spec?.ActiveServerResponse == name ? "" : null,
        };

    /// <summary>Says that there is none of a name, and which there are.</summary>
    internal static DocumentException Missing(MockServer mock, string name) => new(Of(mock) is { Count: > 0 } known
        ? $"Mock '{mock.Metadata.Name}' has no server response '{name}'. It has {string.Join(", ", known.Select(static one => one.Name))}."
        : $"Mock '{mock.Metadata.Name}' has no server responses. Add one first: its name and its status, from {ServerResponseRules.LowestStatus} to {ServerResponseRules.HighestStatus}.");
}
