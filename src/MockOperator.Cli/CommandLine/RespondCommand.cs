using System.CommandLine;
using System.CommandLine.Parsing;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Drafts;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock respond</c>: shows and writes the server responses of a mock, which simulate outages, and has it answer with one of them or by its examples again.</summary>
internal sealed class RespondCommand
{
    private readonly Argument<string> _mock;
    private readonly Argument<string?> _name = new("response") { Description = "Name of the server response; without it all are shown.", Arity = ArgumentArity.ZeroOrOne };
    private readonly ResponseOptions _written;
    private readonly Option<bool> _prepare = new("--prepare") { Description = "Write it and keep it ready: what the mock answers with stays as it is." };
    private readonly Option<bool> _normally = new("--normally") { Description = "Answer by examples again. Server responses stay ready." };
    private readonly Option<bool> _remove = new("--remove") { Description = "Remove it; when it is active, the mock answers by its examples again." };
    private readonly DryRunOption _dryRun;
    private readonly OutputOption _output;

    private RespondCommand(Command command, ClusterOptions options)
    {
        _mock = MockArgument.Mock(options);
        command.Arguments.Add(_mock);
        command.Arguments.Add(_name);
        _written = new ResponseOptions(command);
        foreach (var option in (Option[])[_prepare, _normally, _remove])
            command.Options.Add(option);
        _dryRun = new DryRunOption(command);
        _output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.Validators.Add(Check);
        command.SetClusterAction(options, RunAsync);
    }

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("respond", "Have a mock answer every call, or a share of them, with a server response such as an outage; show, write and remove server responses.");
        _ = new RespondCommand(command, options);
        return command;
    }

    private void Check(CommandResult result)
    {
        var (isNamed, isWritten) = (result.GetValue(_name) is not null, _written.AreGiven(result));
        var (prepares, removes) = (result.GetValue(_prepare), result.GetValue(_remove));
        if (result.GetValue(_normally) && (isNamed || isWritten || prepares || removes))
            result.AddError("--normally stands alone: it names no server response and writes none.");
        else if (removes && (isWritten || prepares))
            result.AddError("--remove stands alone: what is removed is not written.");
        else if (!isNamed && (isWritten || prepares || removes))
            result.AddError("Name the server response behind the mock.");
        else if (prepares && !isWritten)
            result.AddError("--prepare writes a server response: say its --status, --header, --body or --share.");
    }

    private async Task<int> RunAsync(ClusterCall call, CancellationToken cancellationToken)
    {
        var result = call.Result;
        var found = await call.FindAsync<MockServer>(result.GetValue(_mock)!, cancellationToken);
        var format = _output.Read(result);
        if (result.GetValue(_normally))
            return await EditAsync(call, found, static _ => new MockEdit { RespondWith = "" }, format, "answers by its examples", cancellationToken);
        if (result.GetValue(_name) is not { } name)
            return Show(call, found, format);
        if (!result.GetValue(_remove))
            return await RespondAsync(call, found, name, format, cancellationToken);
        var end = found.Spec?.ActiveServerResponse == name ? ", and answers by its examples" : "";
        return await EditAsync(call, found, mock => ServerResponses.Remove(mock, name), format, $"has no server response {Printable.Line(name)} any more{end}", cancellationToken);
    }

    private async Task<int> RespondAsync(ClusterCall call, MockServer found, string name, OutputFormat format, CancellationToken cancellationToken)
    {
        var isPrepared = call.Result.GetValue(_prepare);
        var write = _written.AreGiven(call.Result.CommandResult) ? _written.Read(call, name) : null;
        var there = ServerResponses.Find(found, name);
        var after = write is null ? there : write(there);
        var share = after?.Share ?? ServerResponseRules.WholeShare;
        var told = $"{Printable.Line(name)} ({after?.Status})";
        var code = await EditAsync(
            call,
            found,
            mock =>
            {
                var now = ServerResponses.Find(mock, name);
                var edit = write is null ? new MockEdit() : ServerResponses.Put(mock, now?.Name, write(now));
                return isPrepared ? edit : edit with { RespondWith = name };
            },
            format,
            isPrepared ? $"has {told} ready" : $"answers {(share == ServerResponseRules.WholeShare ? "every call" : $"{share}% of its calls")} with {told}",
            cancellationToken);
        if (code == 0 && format == OutputFormat.Table)
            await call.Console.Out.WriteLineAsync(isPrepared ? $"It answers with that by: {Line(call, found)} {ShellWord.Quote(name)}" : $"It answers by its examples again by: {Line(call, found)} --normally");
        return code;
    }

    private Task<int> EditAsync(ClusterCall call, MockServer found, Func<MockServer, MockEdit> change, OutputFormat format, string done, CancellationToken cancellationToken) =>
        EditCommand.EditAsync(call, found, change, _dryRun, format, done, cancellationToken);

    private static int Show(ClusterCall call, MockServer mock, OutputFormat format)
    {
        var responses = ServerResponses.Of(mock);
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            ObjectPrinter.WriteDocument(call.Console, format, responses, ResourceJson.Default.IReadOnlyListServerResponseSpec);
        }
        else if (format == OutputFormat.Name)
        {
            foreach (var response in responses)
                call.Console.Out.WriteLine(Printable.Line(response.Name));
        }
        else if (responses.Count == 0)
        {
            call.Console.Error.WriteLine($"{mock.Metadata.Name} has no server responses. One that simulates an outage: {Line(call, mock)} outage --status 503");
        }
        else
        {
            var table = new TextTable("NAME", "STATUS", "SHARE", "BYTES", "ACTIVE") { Yielding = [0] };
            foreach (var response in responses)
            {
                var isActive = mock.Spec?.ActiveServerResponse == response.Name;
                table.Add(
                    new Cell(Printable.Line(response.Name), isActive ? Ink.Strong : Ink.Plain),
                    $"{response.Status}",
                    $"{response.Share ?? ServerResponseRules.WholeShare}%",
                    Amount.Of(System.Text.Encoding.UTF8.GetByteCount(response.Body ?? "")),
                    isActive ? "yes" : "-");
            }

            table.Write(call.Console);
        }

        return 0;
    }

    private static string Line(ClusterCall call, MockServer mock) => $"kubectl mock{(call.Namespace == call.Cluster.Namespace ? "" : $" -n {call.Namespace}")} respond {mock.Metadata.Name}";
}
