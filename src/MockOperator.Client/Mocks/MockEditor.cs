using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Mocks;

/// <summary>Edits mocks. Only what an edit names is written, by a merge patch, so whatever others set stays.</summary>
public sealed class MockEditor(MockCluster cluster)
{
    private const int Attempts = 5;

    /// <summary>The merge patch that an edit becomes, to be shown or sent.</summary>
    /// <param name="mock">The mock as it is.</param>
    /// <param name="edit">The edit.</param>
    /// <returns>A JSON object in UTF-8; <c>{}</c> when nothing would change.</returns>
    /// <exception cref="DocumentException">The edit breaks a rule, such as a version of a mock whose examples are its own; the message names the field and the cure.</exception>
    public static ReadOnlyMemory<byte> Patch(MockServer mock, MockEdit edit)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(edit);
        return EditPatch.Write(mock, edit, resourceVersion: null);
    }

    /// <summary>Edits a mock.</summary>
    /// <param name="key">The mock.</param>
    /// <param name="edit">The edit.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The mock as the server has it now.</returns>
    /// <exception cref="ApiException">There is none (<see cref="ApiFailure.NotFound"/>), the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">The edit breaks a rule; the message names the field and the cure.</exception>
    public Task<MockServer> EditAsync(ObjectKey key, MockEdit edit, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return ChangeAsync(key, _ => edit, dryRun, cancellationToken);
    }

    /// <summary>Edits a mock by what it is: an entry of a list, which is written as a whole. What somebody else writes meanwhile is looked at anew, and not lost.</summary>
    /// <param name="key">The mock.</param>
    /// <param name="edit">The edit of the mock as it is; asked again after a conflict.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The mock as the server has it now.</returns>
    /// <exception cref="ApiException">There is none (<see cref="ApiFailure.NotFound"/>), the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">The edit breaks a rule; the message names the field and the cure.</exception>
    public async Task<MockServer> ChangeAsync(ObjectKey key, Func<MockServer, MockEdit> edit, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        for (var attempt = 1; ; attempt++)
        {
            var mock = await cluster.Api.GetAsync<MockServer>(key, cancellationToken) ?? throw Refusals.NotFound<MockServer>(key);
            var resolved = await ResolveAsync(key, edit(mock), cancellationToken);
            try
            {
                return await WriteAsync(mock, resolved, dryRun, cancellationToken);
            }
            catch (ApiException conflict) when (conflict.Kind == ApiFailure.Conflict && attempt < Attempts)
            {
                // A status was written, or another field: what is edited here is judged and written once more.
            }
        }
    }

    /// <summary>Deletes a mock; its pods follow. Its Collection stays.</summary>
    /// <param name="key">The mock.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellationToken = default) => cluster.Api.DeleteAsync<MockServer>(key, null, cancellationToken);

    private async Task<MockServer> WriteAsync(MockServer mock, MockEdit edit, bool dryRun, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Of(mock);
        var patch = EditPatch.Write(mock, edit, mock.Metadata.ResourceVersion);
        var written = new WrittenObjects(cluster, dryRun);
        return await written.AllOrNothingAsync(async () =>
        {
            if (edit.EnvironmentDocument is { } environment)
                await StoreAsync(DraftedMock.EnvironmentKey(key), environment, written, cancellationToken);
            return EditPatch.IsEmpty(mock, edit) ? mock : await cluster.Api.MergePatchAsync<MockServer>(key, patch, dryRun, cancellationToken);
        });
    }

    private async Task StoreAsync(ObjectKey key, EnvironmentDocument environment, WrittenObjects written, CancellationToken cancellationToken)
    {
        var store = new EnvironmentStore(cluster);
        if (await store.FindAsync(key, cancellationToken) is null)
            await EnvironmentStore.CreateAsync(key, environment, written, cancellationToken);
        else if (!written.IsDryRun)
            await store.ReplaceAsync(key, environment, cancellationToken);
    }

    private async Task<MockEdit> ResolveAsync(ObjectKey key, MockEdit edit, CancellationToken cancellationToken)
    {
        if (edit is { EnvironmentDocument: not null, Environment: not null })
            throw new DocumentException("A mock takes one environment: one to store, or one that is there.");
        var store = new EnvironmentStore(cluster);
        if (edit.EnvironmentDocument is { } document)
        {
            // One that is in a Secret stays there, whatever replaces it.
            var there = await store.FindAsync(DraftedMock.EnvironmentKey(key), cancellationToken);
            return edit with { IsEnvironmentSecret = document.IsSecret || there?.IsSecret == true };
        }

        if (string.IsNullOrEmpty(edit.Environment))
            return edit;
        var found = await store.FindAsync(key with { Name = edit.Environment }, cancellationToken)
            ?? throw new DocumentException($"There is no stored environment '{edit.Environment}' in namespace '{key.Namespace}': none of its ConfigMaps and Secrets with label {EnvironmentStore.Label}=true is called so.");
        return edit with { IsEnvironmentSecret = found.IsSecret };
    }
}
