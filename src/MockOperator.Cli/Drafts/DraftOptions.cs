using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Environments;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>The options of <c>create</c>, in the order of Postman's dialog: what answers, then settings.</summary>
internal sealed class DraftOptions
{
    private readonly Option<string?> _file = new("--file", "-f") { Description = "A collection that Postman exported; - reads it from the pipe.", HelpName = "FILE" };
    private readonly Option<string?> _collection = new("--collection") { Description = "A Collection that is there already.", HelpName = "NAME" };
    private readonly Option<string?> _version = new("--version") { Description = "A version of it; default: CURRENT.", HelpName = "TAG" };
    private readonly Option<string?> _method = new("--method") { Description = "Method of an example written here; default: GET.", HelpName = "METHOD" };
    private readonly Option<string?> _path = new("--path") { Description = "Path of an example written here: /users/{{id}}.", HelpName = "PATH" };
    private readonly Option<int?> _status = new("--status") { Description = "Its status; default: 200.", HelpName = "STATUS" };
    private readonly Option<string[]> _headers = new("--header") { Description = "A header of it: 'Name: value'; may be repeated.", HelpName = "HEADER", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _body = new("--body") { Description = "Its body, or @file.", HelpName = "TEXT" };
    private readonly Option<string?> _displayName = new("--name") { Description = "A name for people.", HelpName = "TEXT" };
    private readonly Option<string?> _environment = new("--environment", "-e") { Description = "An environment that Postman exported, or the name of a stored one.", HelpName = "FILE|NAME" };
    private readonly Option<bool> _private = new("--private") { Description = "Callers need a key." };
    private readonly Option<string?> _saveUrl = new("--save-url") { Description = "Write the URL into a key of a ConfigMap.", HelpName = "CONFIGMAP/KEY" };
    private readonly Option<string?> _delay = new("--delay") { Description = $"Delay of all answers: {SettingText.DelayForm}.", HelpName = "DELAY" };
    private readonly ServingOptions _serving;

    /// <summary>Adds them.</summary>
    public DraftOptions(Command command, ClusterOptions options)
    {
        _collection.CompletionSources.Add(MockArgument.Names<Collection>(options));
        Option[] all = [_file, _collection, _version, _method, _path, _status, _headers, _body, _displayName, _environment, _private, _saveUrl, _delay];
        foreach (var option in all)
            command.Options.Add(option);
        _serving = new ServingOptions(command, isEdit: false);
    }

    /// <summary>Whether anything says what the mock answers with.</summary>
    public bool SaysContent(ParseResult result) =>
        result.GetValue(_file) is not null || result.GetValue(_collection) is not null || result.GetValue(_path) is not null
        || result.GetValue(_method) is not null || result.GetValue(_body) is not null || result.GetValue(_status) is not null;

    /// <summary>Reads the draft.</summary>
    /// <param name="call">What was typed.</param>
    /// <param name="name">Name of the mock.</param>
    /// <param name="isOffline">Whether the cluster is not to be asked.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="CommandException">Options do not go together, or name what is not there.</exception>
    public async Task<MockDraft> ReadAsync(ClusterCall call, string name, bool isOffline, CancellationToken cancellationToken)
    {
        var (result, console) = (call.Result, call.Console);
        var isWritten = result.GetValue(_path) is not null || result.GetValue(_method) is not null || result.GetValue(_body) is not null || result.GetValue(_status) is not null || result.GetValue(_headers) is { Length: > 0 };
        if ((result.GetValue(_file) is null ? 0 : 1) + (result.GetValue(_collection) is null ? 0 : 1) + (isWritten ? 1 : 0) > 1)
            throw new CommandException("A mock answers with one of these: a file (-f), a Collection that is there (--collection), or an example written here (--path).");
        if (result.GetValue(_version) is not null && result.GetValue(_collection) is null)
            throw new CommandException("--version takes --collection beside it: a file has no versions. `kubectl mock tag` makes one of what is current.");

        var draft = new MockDraft
        {
            Name = name,
            Namespace = call.Namespace,
            DisplayName = result.GetValue(_displayName),
            Document = result.GetValue(_file) is { } file ? GivenFile.Collection(file, console) : null,
            Collection = result.GetValue(_collection) is { } collection ? await FindAsync(call, collection, result.GetValue(_version), isOffline, cancellationToken) : null,
            Examples = isWritten ? [Example(result, console)] : null,
            Private = result.GetValue(_private),
            SaveUrl = result.GetValue(_saveUrl) is { } place ? SettingText.SavedUrl(place) : null,
            Delay = result.GetValue(_delay) is { } delay ? SettingText.Delay(delay) : null,
            Serving = _serving.Read(result),
        };
        return result.GetValue(_environment) is { } environment ? await WithEnvironmentAsync(call, draft, environment, isOffline, cancellationToken) : draft;
    }

    /// <summary>The environment of a file, or a stored one.</summary>
    /// <exception cref="CommandException">It is not there, or is none.</exception>
    internal static async Task<MockDraft> WithEnvironmentAsync(ClusterCall call, MockDraft draft, string given, bool isOffline, CancellationToken cancellationToken)
    {
        if (GivenFile.IsPath(given))
            return draft with { EnvironmentDocument = GivenFile.Environment(given, call.Console) };
        if (isOffline)
            return draft with { Environment = new EnvironmentSpec { Postman = new PostmanEnvironmentSource { ConfigMapKeyRef = new ConfigMapKeyReference { Name = given, Key = EnvironmentStore.Key } } } };
        var stored = await new EnvironmentStore(call.Cluster).FindAsync(call.Key(given), cancellationToken)
            ?? throw new CommandException($"There is neither a file {given} nor a stored environment of that name in the namespace {call.Namespace}.");
        return draft with { Environment = new EnvironmentSpec { Postman = stored.ToReference() } };
    }

    private static async Task<CollectionReference> FindAsync(ClusterCall call, string name, string? version, bool isOffline, CancellationToken cancellationToken)
    {
        if (!isOffline)
        {
            var found = await call.FindAsync<Collection>(name, cancellationToken);
            CollectionTags.Check(found, version);
        }

        return new CollectionReference { Name = name, Version = version };
    }

    private ExampleSpec Example(ParseResult result, CommandConsole console)
    {
        var path = result.GetValue(_path) ?? throw new CommandException("An example written here needs a path: --path '/users/{{id}}'.");
        if (!path.StartsWith('/'))
            throw new CommandException($"The path '{path}' does not start with a slash.");
        var headers = (result.GetValue(_headers) ?? []).Select(SettingText.Header).ToList();
        var body = result.GetValue(_body) is { } given ? GivenFile.Text(given, console) : null;
        return WrittenExample.Of(null, result.GetValue(_method) ?? "GET", path, WrittenExample.Response(result.GetValue(_status) ?? 200, headers, body));
    }
}
