using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Keys;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Ownership;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock rotate-key</c>: a new key beside the old one, and the old one away once nobody uses it.</summary>
internal static class RotateKeyCommand
{
    private const string StandardPatience = "3m";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command(
            "rotate-key",
            "Rotate a key of a private mock without refusing a caller: adds a new key, waits until all pods take it, tells who still uses the old one, and with --finish removes that. Only the new key goes to standard output. Of a mock with more than 100 keys, pods name the first 100 alone: what cannot be seen of the others is said.");
        var name = MockArgument.Mock(options);
        var key = new Option<string?>("--key") { Description = "Name of the key to replace, where there are several.", HelpName = "NAME" };
        var newName = new Option<string?>("--new-name") { Description = "Name of the new key; default: the old name with the next number.", HelpName = "NAME" };
        var finish = new Option<string?>("--finish") { Description = "Remove this old key now. Nothing is removed that was used in the last ten minutes, unless --force is given.", HelpName = "NAME" };
        var force = new Option<bool>("--force") { Description = "Remove the old key even if it is still used, and edit a Secret that GitOps keeps." };
        var timeout = new Option<string>("--timeout") { Description = $"How long the pods have to take the new key; default: {StandardPatience}.", HelpName = "DURATION", DefaultValueFactory = static _ => StandardPatience };
        timeout.Validators.Add(static result =>
        {
            if (!DurationText.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError($"--timeout is a duration such as 90s or {StandardPatience}.");
        });
        command.Arguments.Add(name);
        foreach (var option in (Option[])[key, newName, finish, force, timeout])
            command.Options.Add(option);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var mock = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            var secret = await KeySecret.ReadAsync(call, mock, cancellationToken);
            if (GitOpsOwner.Of(secret.Metadata) is { } owner && !call.Result.GetValue(force))
                throw new CommandException($"The Secret {secret.Key.Name} is kept by {owner.Tool}{(owner.Name is null ? "" : $" ({owner.Name})")}, which would undo the edit: add the key where it is kept, or give --force.");
            var rotation = new KeyRotation(call, mock);
            var patience = DurationText.TryParse(call.Result.GetValue(timeout), out var given) ? given : default;
            return call.Result.GetValue(finish) is { } old
                ? await FinishAsync(call, rotation, secret, old, call.Result.GetValue(force), patience, cancellationToken)
                : await BeginAsync(call, mock, rotation, secret, call.Result.GetValue(key) ?? secret.Default(), call.Result.GetValue(newName), patience, cancellationToken);
        });
        return command;
    }

    private static async Task<int> BeginAsync(
        ClusterCall call, MockServer mock, KeyRotation rotation, KeySecret secret, string old, string? newName, TimeSpan patience, CancellationToken cancellationToken)
    {
        secret.Find(old);
        var added = newName ?? KeyRotation.NextName(old, secret.Entries.Keys);
        if (secret.Entries.ContainsKey(added))
            throw new CommandException($"The Secret {secret.Key.Name} has a key {added} already: choose another --new-name, or remove that one with --finish {added}.");
        if (added.Length > 253 || !added.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new CommandException($"--new-name '{added}' is no name of an entry of a Secret: letters, digits, dashes, underscores and dots.");

        var key = await rotation.AddAsync(secret, added, cancellationToken);
        await call.Console.Error.WriteLineAsync($"Added the key {added} to the Secret {secret.Key.Name}. Both are valid now.");
        // First of all, so that it is not lost whatever happens next.
        await call.Console.Out.WriteLineAsync(key);
        await rotation.TouchAsync(cancellationToken);
        var isThere = await rotation.WaitAsync(added, isThere: true, patience, cancellationToken);
        if (isThere == false)
            throw new CommandException($"Not all pods have the key {added} yet. It is in the Secret, and kubelets look for it again and again; `kubectl mock status {mock.Metadata.Name}` shows the pods. Do not give it to callers before all have it.");

        await call.Console.Error.WriteLineAsync(isThere is null
            ? "Pods read it within a minute or two. Try it with a call before you give it to the callers."
            : "Every pod takes it: give it to the callers.");
        await rotation.TellUseAsync(old, Window, cancellationToken);
        await call.Console.Error.WriteLineAsync($"When nobody uses the old one any more: kubectl mock rotate-key -n {secret.Key.Namespace} {mock.Metadata.Name} --finish {old}");
        return 0;
    }

    private static async Task<int> FinishAsync(ClusterCall call, KeyRotation rotation, KeySecret secret, string old, bool force, TimeSpan patience, CancellationToken cancellationToken)
    {
        secret.Find(old);
        if (secret.Entries.Count == 1)
            throw new CommandException($"{old} is the only key: without it the mock would refuse every call. Add another first: leave out --finish.");
        if (await rotation.TellUseAsync(old, Window, cancellationToken) && !force && !May(call.Console, old))
            throw new CommandException($"The key {old} was not removed. Wait until its callers have the new one, or give --force.");
        await rotation.RemoveAsync(secret, old, cancellationToken);
        await call.Console.Error.WriteLineAsync($"Removed the key {old} from the Secret {secret.Key.Name}.");
        await rotation.TouchAsync(cancellationToken);
        if (await rotation.WaitAsync(old, isThere: false, patience, cancellationToken) != true)
            await call.Console.Error.WriteLineAsync($"Not all pods need have noticed yet: some may take {old} for a minute or two more.");
        return 0;
    }

    private static bool May(CommandConsole console, string old) => console.Questions?.Confirm($"These callers will be refused. Remove the key {old} all the same?") == true;
}
