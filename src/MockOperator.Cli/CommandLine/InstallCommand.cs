using System.CommandLine;
using System.Text;
using k8s.Models;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Installing;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Cli.Versions;
using MockOperator.Client.Connections;
using MockOperator.Client.Ownership;
using MockOperator.Client.Workloads;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Watching;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock install</c>: applies <c>config/default</c> with the user's rights. Run again, it upgrades.</summary>
internal static class InstallCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("install", "Install the operator into the cluster, or upgrade it. Images are those of your registry, where `make push` has put them.");
        var registry = new Option<string>("--registry") { Description = "Registry and path of the images.", HelpName = "HOST/PATH", Required = true };
        var tag = new Option<string>("--tag") { Description = "Their tag.", HelpName = "TAG", Required = true };
        var force = new Option<bool>("--force-conflicts") { Description = "Take over fields that somebody else has set." };
        Option[] all = [registry, tag, force];
        foreach (var option in all)
            command.Options.Add(option);
        var wait = new WaitOption(command, "until the operator runs", "5m");
        var dryRun = new DryRunOption(command);
        var output = new OutputOption(command, OutputFormat.Yaml);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var objects = Installation.Read(Installation.Images(call.Result.GetValue(registry)!, call.Result.GetValue(tag)!));
            if (output.Read(call.Result) == OutputFormat.Yaml || dryRun.IsClient(call.Result))
            {
                Print(call.Console, objects, output.Read(call.Result), dryRun.Remark(call.Result));
                return 0;
            }

            if (await ServerVersion.ReadAsync(call.Cluster, cancellationToken) is { IsTooOld: true } version)
                throw new CommandException($"The operator runs on Kubernetes 1.{ServerVersion.OldestMinor} and newer, and {call.Cluster.Server} is {Printable.Line(version.Text)}. Nothing was applied.");
            if (await call.Cluster.Api.GetAsync<MetadataOf<V1Deployment>>(new ObjectKey(Installation.Namespace, Installation.Name), cancellationToken) is { } there && GitOpsOwner.Of(there.Metadata) is { } owner)
                throw new CommandException($"The operator of this cluster was installed by {owner.Tool}{(owner.Name is { } name ? $" ({Printable.Line(name)})" : "")}: upgrade it there.");
            var apply = new ApplyOptions { Force = call.Result.GetValue(force), DryRun = dryRun.IsServer(call.Result) };
            foreach (var one in objects)
            {
                await ApplyAsync(call, one, apply, cancellationToken);
                await call.Console.Out.WriteLineAsync($"{one} applied{dryRun.Remark(call.Result)}");
            }

            if (apply.DryRun)
                return 0;
            if (wait.Read(call.Result) is { } patience && !await RunsAsync(call.Cluster, patience, cancellationToken))
            {
                await call.Console.Error.WriteLineAsync($"Error: the operator did not run in time. Pods that cannot pull from a private registry need a Secret: kubectl -n {Installation.Namespace} describe pods");
                return 1;
            }

            await call.Console.Out.WriteLineAsync("\nA first mock:\n  kubectl mock create hello --path '/hello/{{name}}' --body 'Good day!' --wait");
            return 0;
        });
        return command;
    }

    private static async Task ApplyAsync(ClusterCall call, InstalledObject one, ApplyOptions apply, CancellationToken cancellationToken)
    {
        try
        {
            await call.Cluster.Api.ApplyManifestAsync(one.Kind, one.Key, Encoding.UTF8.GetBytes(one.Manifest.ToJsonString()), apply, cancellationToken);
        }
        catch (ApiException conflict) when (conflict.Kind == ApiFailure.Conflict)
        {
            throw new CommandException($"{one}: {conflict.Error.Message} --force-conflicts takes over what somebody else has set; nothing after it was applied.", conflict);
        }
        catch (ApiException missing) when (missing.Kind == ApiFailure.NotFound && apply.DryRun && one.Kind.Namespaced)
        {
            // The namespace is not there yet either, so a server cannot judge what is in it.
            await call.Console.Error.WriteLineAsync($"{one}: not judged, since the namespace {one.Key.Namespace} is not there yet.");
        }
    }

    private static async Task<bool> RunsAsync(MockCluster cluster, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(patience, cluster.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        var key = new ObjectKey(Installation.Namespace, Installation.Name);
        try
        {
            while (true)
            {
                var now = await cluster.Api.GetAsync<Deployment>(key, either.Token);
                if (now is null)
                    return false;
                if (Runs(now))
                    return true;
                var query = new WatchQuery { Namespace = key.Namespace, FieldSelector = $"metadata.name={key.Name}", ResourceVersion = now.Metadata.ResourceVersion };
                await foreach (var news in new WatchStream(cluster.Api.Transport, cluster.Api.Json, cluster.Time).OpenAsync<Deployment>(query, either.Token))
                {
                    if (news.Entity is { } seen && Runs(seen))
                        return true;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static bool Runs(Deployment deployment) =>
        deployment.Status is { } status && (status.ObservedGeneration ?? 0) >= (deployment.Metadata.Generation ?? 0)
        && (status.UpdatedReplicas ?? 0) >= (deployment.Spec?.Replicas ?? 1) && (status.AvailableReplicas ?? 0) >= (deployment.Spec?.Replicas ?? 1);

    private static void Print(CommandConsole console, IReadOnlyList<InstalledObject> objects, OutputFormat format, string remark)
    {
        for (var index = 0; index < objects.Count; index++)
        {
            if (format != OutputFormat.Yaml)
            {
                console.Out.WriteLine($"{objects[index]} applied{remark}");
                continue;
            }

            if (index > 0)
                console.Out.Write("---\n");
            YamlWriter.Write(console.Out, Encoding.UTF8.GetBytes(objects[index].Manifest.ToJsonString()));
        }
    }
}
