using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Drafts;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Mocks;
using MockOperator.Client.Ownership;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock edit</c>: what Postman's dialog edits of a mock, the delay, the active server response, how it serves, and how many pods do. None restarts.</summary>
internal static class EditCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("edit", "Change a mock that runs: its name for people, collection, version, environment, access, delay, server response, matching, limits, CORS, Ingress, replicas.");
        var mock = MockArgument.Mock(options);
        var name = new Option<string?>("--name") { Description = "The name for people; an empty one removes it.", HelpName = "TEXT" };
        var collection = new Option<string?>("--collection") { Description = "Another Collection that is there, in its current version unless --version says another. It takes the place of examples of the mock's own.", HelpName = "NAME" };
        var version = new Option<string?>("--version") { Description = "Version of its Collection; CURRENT for what is current.", HelpName = "TAG" };
        var environment = new Option<string?>("--environment", "-e") { Description = $"An environment that Postman exported, the name of a stored one, or {SettingText.None}.", HelpName = "FILE|NAME" };
        var isPrivate = new Option<bool>("--private") { Description = "Callers need a key." };
        var isPublic = new Option<bool>("--public") { Description = "Callers need none." };
        var delay = new Option<string?>("--delay") { Description = $"Delay of all answers: {SettingText.DelayForm}, or {SettingText.None}.", HelpName = "DELAY" };
        var respondWith = new Option<string?>("--respond-with") { Description = "Answer every call with this server response.", HelpName = "NAME" };
        var respondNormally = new Option<bool>("--respond-normally") { Description = "Answer by examples again." };
        var replicas = new Option<int?>("--replicas") { Description = $"Number of pods, 0 to {MockServerRules.MostReplicas}; `pause` remembers how many there were.", HelpName = "NUMBER" };
        command.Arguments.Add(mock);
        foreach (var setting in (Option[])[name, collection, version, environment, isPrivate, isPublic, delay, respondWith, respondNormally])
            command.Options.Add(setting);
        var serving = new ServingOptions(command, isEdit: true);
        command.Options.Add(replicas);
        Option[] settings = [.. command.Options];
        command.Validators.Add(result =>
        {
            if (result.GetValue(isPrivate) && result.GetValue(isPublic))
                result.AddError("--private and --public exclude each other.");
            if (result.GetValue(respondWith) is not null && result.GetValue(respondNormally))
                result.AddError("--respond-with and --respond-normally exclude each other.");
            if (!Array.Exists(settings, setting => result.GetResult(setting) is { Implicit: false }))
                result.AddError($"Say what to change: {string.Join(", ", settings.Select(static setting => setting.Name))}.");
        });
        var dryRun = new DryRunOption(command);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var result = call.Result;
            var found = await call.FindAsync<MockServer>(result.GetValue(mock)!, cancellationToken);
            var edit = new MockEdit
            {
                DisplayName = result.GetValue(name),
                Collection = result.GetValue(collection),
                Version = result.GetValue(version),
                Private = result.GetValue(isPrivate) ? true : result.GetValue(isPublic) ? false : null,
                Delay = result.GetValue(delay) switch { null => null, SettingText.None => new DelaySpec(), var text => SettingText.Delay(text) },
                Serving = serving.Read(result),
                Replicas = result.GetValue(replicas),
                RespondWith = result.GetValue(respondNormally) ? "" : result.GetValue(respondWith),
            };
            edit = result.GetValue(environment) switch
            {
                null => edit,
                SettingText.None => edit with { Environment = "" },
                var given when GivenFile.IsPath(given) => edit with { EnvironmentDocument = GivenFile.Environment(given, call.Console) },
                var given => edit with { Environment = given },
            };
            var served = edit.Collection ?? (edit.Version is null ? null : found.Spec?.CollectionRef?.Name);
            if (served is not null && await call.FindAsync<Collection>(served, cancellationToken) is var there && edit.Version is { } tag)
                CollectionTags.Check(there, tag);
            return await EditAsync(call, found, _ => edit, dryRun, output.Read(result), "edited", cancellationToken);
        });
        return command;
    }

    /// <summary>Edits a mock and tells of it; also how <c>pause</c>, <c>resume</c> and <c>respond</c> do.</summary>
    /// <param name="call">What was typed.</param>
    /// <param name="found">The mock as it was found.</param>
    /// <param name="change">The edit of the mock as it is when it is written.</param>
    /// <param name="dryRun">Whether anything is written.</param>
    /// <param name="format">How it is told.</param>
    /// <param name="done">What was done, in a word or more.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    internal static async Task<int> EditAsync(
        ClusterCall call, MockServer found, Func<MockServer, MockEdit> change, DryRunOption dryRun, OutputFormat format, string done, CancellationToken cancellationToken)
    {
        var edit = change(found);
        var patch = MockEditor.Patch(found, edit);
        var isEmpty = patch.Span.SequenceEqual("{}"u8) && edit.EnvironmentDocument is null;
        if (GitOpsOwner.Of(found.Metadata) is { } owner && !isEmpty)
            await call.Console.Error.WriteLineAsync($"Warning: {owner.Tool} keeps this mock{(owner.Name is { } name ? $" ({Printable.Line(name)})" : "")} and may undo the change: make it where the manifest is as well.");
        if (dryRun.IsClient(call.Result))
        {
            // What would be sent, since nobody here knows what a server would make of it.
            if (format is OutputFormat.Json or OutputFormat.Yaml)
                ObjectPrinter.WriteRaw(call.Console, format, patch);
            else
                await TellAsync(call, found, isEmpty, done, dryRun, format);
            return 0;
        }

        var edited = await new MockEditor(call.Cluster).ChangeAsync(call.Key(found.Metadata.Name), change, dryRun.IsServer(call.Result), cancellationToken);
        if (format is OutputFormat.Json or OutputFormat.Yaml)
            ObjectPrinter.Write(call.Console, format, edited);
        else
            await TellAsync(call, found, isEmpty, done, dryRun, format);
        return 0;
    }

    private static Task TellAsync(ClusterCall call, MockServer mock, bool isEmpty, string done, DryRunOption dryRun, OutputFormat format) => call.Console.Out.WriteLineAsync(
        $"mockserver.mockoperator.dev/{mock.Metadata.Name}{(format == OutputFormat.Name ? "" : $" {(isEmpty ? "unchanged" : done)}{dryRun.Remark(call.Result)}")}");
}
