using System.Text;
using System.Text.Json;
using MockOperator.Client.Collections;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>Adds examples to what a mock answers with, wherever that is: its Collection, or the mock itself.</summary>
public sealed class MockExamples(MockCluster cluster)
{
    /// <summary>Adds an example.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="example">The example. Its name must be new.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The content before and after, for a diff.</returns>
    /// <exception cref="ApiException">Mock or Collection is not there, changed meanwhile, the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">
    /// An example of that name exists, the mock serves a version, which never changes, or the content is in a ConfigMap that something else owns; the message says what to do.
    /// </exception>
    public async Task<ContentChange> AddAsync(MockServer mock, ExampleSpec example, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(example);
        if (mock.Spec?.CollectionRef is not { } reference)
            return await EmbedAsync(mock, example, dryRun, cancellationToken);
        if (reference.Version is not (null or CollectionSpec.CurrentVersion))
        {
            throw new DocumentException(
                $"Mock '{mock.Metadata.Name}' serves version {reference.Version} of Collection '{reference.Name}', and a version never changes. Have it serve {CollectionSpec.CurrentVersion} first.");
        }

        var change = await new CollectionStore(cluster).AddExampleAsync(ObjectKey.Of(mock) with { Name = reference.Name }, example, dryRun, cancellationToken);
        return new ContentChange($"Collection {reference.Name}", change.Before, change.After);
    }

    private async Task<ContentChange> EmbedAsync(MockServer mock, ExampleSpec example, bool dryRun, CancellationToken cancellationToken)
    {
        SpecCheck.Throw(CollectionRules.Check(new CollectionSpec { Examples = [example] }), "examples[0]", "example");
        var patch = new JsonPatch(mock.Metadata.ResourceVersion);
        string before, after;
        switch (mock.Spec?.Collection)
        {
            case { Examples: { } examples }:
                if (examples.Any(one => one.Name == example.Name))
                    throw new DocumentException($"The mock has an example '{example.Name}' already. Choose another name.");
                patch.Add("/spec/collection/examples/-", json => JsonSerializer.Serialize(json, example, ResourceJson.Default.ExampleSpec));
                (before, after) = (ContentText.Of(examples), ContentText.Of([.. examples, example]));
                break;
            case { Postman: { } document }:
                var changed = ExampleInsertion.Add(Encoding.UTF8.GetBytes(document.GetRawText()), example);
                using (var parsed = JsonDocument.Parse(changed, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth }))
                    patch.Add("/spec/collection/postman", parsed.RootElement.WriteTo);
                (before, after) = (ContentText.Of(document), ContentText.Of(changed));
                break;
            case { ConfigMapKeyRef: { } reference }:
                throw new DocumentException($"The examples of mock '{mock.Metadata.Name}' are in ConfigMap '{reference.Name}', which something else keeps. Add the example where that ConfigMap comes from.");
            default:
                throw new DocumentException($"Mock '{mock.Metadata.Name}' has neither a Collection nor examples of its own.");
        }

        await Refusals.TellConflictAsync(mock, () => cluster.Api.JsonPatchAsync<MockServer>(ObjectKey.Of(mock), patch.ToUtf8(), dryRun, cancellationToken));
        return new ContentChange($"MockServer {mock.Metadata.Name}", before, after);
    }
}
