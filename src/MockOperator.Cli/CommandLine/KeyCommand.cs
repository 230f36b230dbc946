using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Keys;
using MockOperator.Cli.Terminal;
using MockOperator.Kinds;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock key</c>: the keys of a private mock. Into a pipe it writes one key and nothing else.</summary>
internal static class KeyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("key", "Print the keys of a private mock; into a pipe or file the bare key alone.");
        var name = MockArgument.Mock(options);
        var entry = new Argument<string?>("key") { Description = "Name of the key, where there are several.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(name);
        command.Arguments.Add(entry);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var mock = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            var keys = await KeySecret.ReadAsync(call, mock, cancellationToken);
            var named = call.Result.GetValue(entry);
            if (named is null && call.Console.IsTerminal)
                Write(call.Console, mock, keys);
            else
                await call.Console.Out.WriteLineAsync(Printable.Line(keys.Find(named ?? keys.Default())));
            return 0;
        });
        return command;
    }

    private static void Write(CommandConsole console, MockServer mock, KeySecret keys)
    {
        if (keys.Entries.Count == 0)
            throw new CommandException($"The Secret {keys.Key.Name} has no entry, so the mock refuses every call.");
        var table = new TextTable("NAME", "KEY");
        foreach (var (name, key) in keys.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            table.Add(new Cell(name, Ink.Strong), key);
        table.Write(console);
        console.Out.WriteLine();
        console.Out.WriteLine(console.Paint($"curl -H \"{KeySecret.HeaderOf(mock)}: $(kubectl mock key -n {keys.Key.Namespace} {mock.Metadata.Name})\" {mock.Status?.ExternalUrl ?? mock.Status?.Url}", Ink.Faint));
    }
}
