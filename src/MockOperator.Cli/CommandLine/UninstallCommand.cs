using System.CommandLine;
using k8s.Models;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Installing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Ownership;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock uninstall</c>: takes the operator away, and unless they are kept all mocks with it.</summary>
internal static class UninstallCommand
{
    // As the operator names the manager of a URL that it writes for a mock.
    private const string UrlManager = "mock-operator-url-";

    private static readonly TimeSpan s_longestTaking = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("uninstall", "Take the operator out of the cluster, and all mocks with it unless they are kept.");
        var keep = new Option<bool>("--keep-mocks") { Description = "Keep MockServers, Collections and MockQuotas: mocks go on answering, and an operator that is installed again takes them up." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        command.Options.Add(keep);
        command.Options.Add(yes);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var there = await call.Cluster.Api.GetAsync<MetadataOf<V1Deployment>>(new ObjectKey(Installation.Namespace, Installation.Name), cancellationToken);
            if (there is not null && GitOpsOwner.Of(there.Metadata) is { } owner)
                throw new CommandException($"The operator of this cluster was installed by {owner.Tool}{(owner.Name is { } name ? $" ({Printable.Line(name)})" : "")}: take it away there.");
            var keepsMocks = call.Result.GetValue(keep);
            var mocks = await MocksAsync(call, cancellationToken);
            var question = keepsMocks
                ? $"Take the operator away from {call.Cluster.Server}? {Count(mocks.Count)} go on answering, and nothing of an edit is served until it is back."
                : $"Take the operator away from {call.Cluster.Server}, and delete {Count(mocks.Count)} with all Collections and quotas of all namespaces?";
            if (!call.Console.Agrees(question, call.Result.GetValue(yes)))
                return 1;

            if (!keepsMocks)
                await DeleteMocksAsync(call, mocks, there is not null, cancellationToken);
            // What runs goes first: an operator whose rights are taken away while it runs would complain to the end.
            foreach (var one in Installation.Read().Reverse().Where(one => !keepsMocks || IsOperators(one)))
            {
                if (await call.Cluster.Api.DeleteAsync(one.Kind, one.Key, null, cancellationToken))
                    await call.Console.Out.WriteLineAsync($"{one} deleted");
            }

            return 0;
        });
        return command;
    }

    // The definitions hold the mocks, and the roles of people are for them.
    private static bool IsOperators(InstalledObject one) => one.Kind.Kind != "CustomResourceDefinition" && (one.Kind.Kind != "ClusterRole" || one.Key.Name == Installation.Name);

    private static string Count(int mocks) => mocks == 1 ? "1 mock" : $"{mocks} mocks";

    private static async Task<IReadOnlyList<MockServer>> MocksAsync(ClusterCall call, CancellationToken cancellationToken)
    {
        var mocks = new List<MockServer>();
        try
        {
            await foreach (var mock in call.Cluster.Api.ListAsync<MockServer>(new ListQuery(), cancellationToken))
                mocks.Add(mock);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            // The definitions are gone, and with them the mocks.
        }

        return mocks;
    }

    /// <summary>Mocks go while the operator runs: it alone takes back the URLs that it has written into ConfigMaps.</summary>
    private static async Task DeleteMocksAsync(ClusterCall call, IReadOnlyList<MockServer> mocks, bool isOperatorThere, CancellationToken cancellationToken)
    {
        foreach (var mock in mocks)
            await call.Cluster.Api.DeleteAsync<MockServer>(ObjectKey.Of(mock), new DeletePreconditions(mock.Metadata.Uid), cancellationToken);
        if (mocks.Count > 0)
            await call.Console.Out.WriteLineAsync($"{Count(mocks.Count)} deleted");
        if (!isOperatorThere)
            return;
        var end = call.Cluster.Time.GetUtcNow() + s_longestTaking;
        foreach (var mock in mocks)
        {
            if (mock.Spec?.PublishUrl?.ConfigMap is not { } place)
                continue;
            var key = ObjectKey.Of(mock) with { Name = place.Name };
            while (await IsWrittenAsync(call, key, mock.Metadata.Name, cancellationToken))
            {
                if (call.Cluster.Time.GetUtcNow() >= end)
                {
                    await call.Console.Error.WriteLineAsync($"The URL of {ObjectKey.Of(mock)} is still in key {place.Key} of ConfigMap {place.Name}: the operator did not take it back. Remove it yourself.");
                    break;
                }

                await Task.Delay(s_betweenLooks, call.Cluster.Time, cancellationToken);
            }
        }
    }

    private static async Task<bool> IsWrittenAsync(ClusterCall call, ObjectKey key, string mock, CancellationToken cancellationToken) =>
        await call.Cluster.Api.GetAsync<MetadataOf<V1ConfigMap>>(key, cancellationToken) is { } map && map.Metadata.ManagedFields?.Any(field => field.Manager == UrlManager + mock) == true;
}
