using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Client.Collections;
using MockOperator.Client.Mocks;
using MockOperator.Client.Ownership;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock delete</c>: a mock, and with <c>--collection</c> the Collection that it serves, if no other mock does.</summary>
internal static class DeleteCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("delete", "Delete mocks. Their Collections stay unless --collection is given.");
        var names = MockArgument.Of<MockServer>(options, "mock", "Name of the mock.");
        var withCollection = new Option<bool>("--collection") { Description = "Delete the Collection too, if no other mock serves it." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        command.Arguments.Add(names);
        command.Options.Add(withCollection);
        command.Options.Add(yes);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var mock = await call.FindAsync<MockServer>(call.Result.GetValue(names)!, cancellationToken);
            var name = mock.Metadata.Name;
            var collection = call.Result.GetValue(withCollection) ? mock.Spec?.CollectionRef?.Name : null;
            var others = collection is null ? [] : await OthersAsync(call, name, collection, cancellationToken);
            if (others.Count > 0)
            {
                await call.Console.Error.WriteLineAsync($"Collection {collection} stays: {string.Join(", ", others)} {(others.Count == 1 ? "serves" : "serve")} it as well.");
                collection = null;
            }

            if (GitOpsOwner.Of(mock.Metadata) is { } owner)
                await call.Console.Error.WriteLineAsync($"Warning: {owner.Tool} keeps this mock and may make it again: remove its manifest as well.");
            if (!call.Console.Agrees($"Delete the mock {name}{(collection is null ? "" : $" and the Collection {collection}")} in the namespace {call.Namespace}? Whoever calls it will get no answer.", call.Result.GetValue(yes)))
                return 1;
            await new MockEditor(call.Cluster).DeleteAsync(call.Key(name), cancellationToken);
            await call.Console.Out.WriteLineAsync($"mockserver.mockoperator.dev/{name} deleted");
            if (collection is not null && await new CollectionStore(call.Cluster).DeleteAsync(call.Key(collection), cancellationToken))
                await call.Console.Out.WriteLineAsync($"collection.mockoperator.dev/{collection} deleted");
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> OthersAsync(ClusterCall call, string mock, string collection, CancellationToken cancellationToken)
    {
        var others = new List<string>();
        await foreach (var one in call.Cluster.Api.ListAsync<ListedMock>(new ListQuery { Namespace = call.Namespace }, cancellationToken))
        {
            if (one.Metadata.Name != mock && one.Spec?.CollectionRef?.Name == collection)
                others.Add(one.Metadata.Name);
        }

        return others;
    }
}
