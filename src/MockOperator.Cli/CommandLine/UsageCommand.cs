using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Cli.Usage;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock usage</c>: what is used of the quotas, by whom, and what it was in the periods before.</summary>
internal static class UsageCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("usage", "Show calls used of each quota, its limit and reset, the calls of each mock, and the last periods as bars.");
        var name = MockArgument.Mock(options);
        name.Arity = ArgumentArity.ZeroOrOne;
        name.Description = "Only quotas that cover this mock.";
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "In all namespaces." };
        command.Arguments.Add(name);
        command.Options.Add(all);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var everywhere = call.Result.GetValue(all);
            var named = call.Result.GetValue(name);
            if (everywhere && named is not null)
                throw new CommandException("A mock is in one namespace: name it with -n, and leave out -A.");
            var mock = named is null ? null : await call.FindAsync<MockServer>(named, cancellationToken);
            var quotas = new List<MockQuota>();
            await foreach (var quota in call.Cluster.Api.ListAsync<MockQuota>(new ListQuery { Namespace = everywhere ? null : call.Namespace }, cancellationToken))
            {
                if (mock is null || quota.Covers(mock))
                    quotas.Add(quota);
            }

            if (output.Read(call.Result) is var format and not OutputFormat.Table)
                ObjectPrinter.WriteList(call.Console, format, quotas);
            else
                await WriteAsync(call, quotas, named, everywhere);
            return 0;
        });
        return command;
    }

    private static async Task WriteAsync(ClusterCall call, List<MockQuota> quotas, string? named, bool everywhere)
    {
        if (quotas.Count == 0)
        {
            var what = named is not null ? $"No quota counts the calls of {named}" : everywhere ? "There is no quota" : $"There is no quota in the namespace {call.Namespace}";
            await call.Console.Error.WriteLineAsync($"{what}, so calls are neither limited nor counted. A MockQuota does both (docs/quotas.md).");
            return;
        }

        var page = new UsagePage(call.Console);
        for (var i = 0; i < quotas.Count; i++)
        {
            if (i > 0)
                await call.Console.Out.WriteLineAsync();
            page.Write(quotas[i], named);
        }
    }
}
