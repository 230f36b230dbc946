using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Drafts;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Client.Documents;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock add-example</c>: a call that nothing answered becomes an example.</summary>
internal static class AddExampleCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("add-example", "Turn a call that nothing answered into an example of what the mock serves. The change is shown first.");
        var mock = MockArgument.Mock(options);
        var id = new Argument<string>("call") { Description = "Id of the call, as `kubectl mock calls --unmatched` shows it." };
        var name = new Option<string?>("--name") { Description = "Name of the example; default: method and path.", HelpName = "TEXT" };
        var status = new Option<int>("--status") { Description = "Status of the answer; default: 200.", HelpName = "STATUS", DefaultValueFactory = static _ => 200 };
        var headers = new Option<string[]>("--header") { Description = "A header of the answer: 'Name: value'; may be repeated.", HelpName = "HEADER", Arity = ArgumentArity.OneOrMore };
        var body = new Option<string?>("--body") { Description = "Body of the answer, or @file.", HelpName = "TEXT" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        command.Arguments.Add(mock);
        command.Arguments.Add(id);
        Option[] all = [name, status, headers, body, yes];
        foreach (var option in all)
            command.Options.Add(option);
        var dryRun = new DryRunOption(command);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var result = call.Result;
            var found = await call.FindAsync<MockServer>(result.GetValue(mock)!, cancellationToken);
            var called = await FindCallAsync(call, found, result.GetValue(id)!, cancellationToken);
            if (called.Example is { } answered)
                await call.Console.Error.WriteLineAsync($"Warning: the example {Printable.Line(answered.Name)} answered this call already.");
            var response = WrittenExample.Response(
                result.GetValue(status), [.. (result.GetValue(headers) ?? []).Select(SettingText.Header)], result.GetValue(body) is { } given ? GivenFile.Text(given, call.Console) : null);
            var example = Example(result.GetValue(name), called.Request, response);

            var examples = new MockExamples(call.Cluster);
            var judged = await examples.AddAsync(found, example, dryRun: true, cancellationToken);
            DifferencePrinter.Write(call.Console, judged.Where, LineDifference.Of(judged.Before, judged.After));
            if (dryRun.IsClient(result) || dryRun.IsServer(result))
                return 0;
            if (!call.Console.Agrees($"Add the example to {judged.Where}?", result.GetValue(yes)))
                return 1;
            await examples.AddAsync(found, example, cancellationToken: cancellationToken);
            await call.Console.Out.WriteLineAsync($"{judged.Where}: example '{Printable.Line(example.Name)}' added");
            return 0;
        });
        return command;
    }

    private static async Task<MockCall> FindCallAsync(ClusterCall call, MockServer mock, string id, CancellationToken cancellationToken)
    {
        using var calls = new MockCalls(call.Cluster.Api, call.Key(mock.Metadata.Name), time: call.Cluster.Time);
        var asked = await calls.FindAsync(id, cancellationToken);
        foreach (var silent in asked.Silent)
            await call.Console.Error.WriteLineAsync($"{silent.Pod}: {Printable.Line(silent.Why)}");
        return asked.Value?.Call ?? throw new CommandException($"No pod of {mock.Metadata.Name} {(asked.Silent.Count > 0 ? "that answered " : "")}remembers a call {id}. Pods remember their last calls only, and forget them when they end.");
    }

    private static ExampleSpec Example(string? name, CalledRequest request, ExampleResponseSpec response)
    {
        var question = request.Path.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? request.Path : request.Path[..question];
        var example = WrittenExample.Of(name, request.Method, path, response);
        return question < 0 ? example : example with { Request = example.Request! with { Query = [.. request.Path[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter)] } };
    }

    private static QueryParameterSpec Parameter(string piece) => piece.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
        ? new QueryParameterSpec { Name = piece[..equals], Value = piece[(equals + 1)..] }
        : new QueryParameterSpec { Name = piece };
}
