using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Client.Collections;
using MockOperator.Kinds;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock tag</c>: freezes what is current of a Collection as a version.</summary>
internal static class TagCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("tag", "Keep what is current of a Collection as a version, which never changes.");
        var collection = MockArgument.Collection(options);
        var tag = new Argument<string>("tag") { Description = "Name of the version, such as v1." };
        command.Arguments.Add(collection);
        command.Arguments.Add(tag);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var (name, version) = (call.Result.GetValue(collection)!, call.Result.GetValue(tag)!);
            await call.FindAsync<Collection>(name, cancellationToken);
            var tagged = await new CollectionStore(call.Cluster).TagAsync(call.Key(name), version, cancellationToken);
            var format = output.Read(call.Result);
            if (format != OutputFormat.Table)
            {
                ObjectPrinter.Write(call.Console, format, tagged);
                return 0;
            }

            await call.Console.Out.WriteLineAsync($"collection.mockoperator.dev/{name} tagged {version}");
            await call.Console.Out.WriteLineAsync($"A mock serves it with: kubectl mock edit MOCK --version {version}");
            return 0;
        });
        return command;
    }
}
