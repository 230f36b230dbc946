using System.CommandLine;
using System.CommandLine.Parsing;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>The options of <c>respond</c> that say what a server response is.</summary>
internal sealed class ResponseOptions
{
    private readonly Option<int?> _status = new("--status") { Description = $"Its status, {ServerResponseRules.LowestStatus} to {ServerResponseRules.HighestStatus}; a new one needs it.", HelpName = "STATUS" };
    private readonly Option<string[]> _headers = new("--header") { Description = $"A header of it: 'Name: value'; may be repeated, and replaces those that there are; or {SettingText.None}.", HelpName = "HEADER", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _body = new("--body") { Description = "Its body, or @file; an empty one removes it. {{variables}} are filled in.", HelpName = "TEXT" };
    private readonly Option<string?> _share = new("--share") { Description = "The share of the calls that get it, by chance, such as 10%; default: 100%.", HelpName = "PERCENT" };

    /// <summary>Adds them.</summary>
    public ResponseOptions(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    private Option[] All => [_status, _headers, _body, _share];

    /// <summary>Whether any of them is given.</summary>
    public bool AreGiven(SymbolResult result) => Array.Exists(All, option => result.GetResult(option) is { Implicit: false });

    /// <summary>Reads what they change.</summary>
    /// <param name="call">What was typed.</param>
    /// <param name="name">Name of the server response.</param>
    /// <returns>From what there is, null for nothing, to what it becomes.</returns>
    /// <exception cref="CommandException">An option cannot be read.</exception>
    public Func<ServerResponseSpec?, ServerResponseSpec> Read(ClusterCall call, string name)
    {
        var result = call.Result;
        IReadOnlyList<HeaderSpec>? headers = result.GetValue(_headers) switch
        {
            null or [] => null,
            [SettingText.None] => [],
            var given => [.. given.Select(SettingText.Header)],
        };
        var (status, body) = (result.GetValue(_status), result.GetValue(_body) is { } text ? GivenFile.Text(text, call.Console) : null);
        int? share = result.GetValue(_share) is { } percent ? SettingText.Share(percent) : null;
        return there => new ServerResponseSpec
        {
            Name = name,
            Status = status ?? there?.Status ?? throw new CommandException($"{Printable.Line(name)} is a new server response: say its --status, {ServerResponseRules.LowestStatus} to {ServerResponseRules.HighestStatus}."),
            Headers = headers is null ? there?.Headers : headers.Count == 0 ? null : headers,
            Body = body is null ? there?.Body : body.Length == 0 ? null : body,
            Share = share is null ? there?.Share : share == ServerResponseRules.WholeShare ? null : share,
        };
    }
}
