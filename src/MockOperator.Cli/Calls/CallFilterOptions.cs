using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;

namespace MockOperator.Cli.Calls;

/// <summary>The options that choose calls.</summary>
internal sealed class CallFilterOptions
{
    private const string Everything = "request.headers,request.body,response.headers,response.body,nearest";

    private readonly Option<bool> _unmatched = new("--unmatched") { Description = "Only calls that no example answered, with the nearest example and why it lost." };
    private readonly Option<string?> _path = new("--path") { Description = "Only these paths, with the query if it has a question mark; * stands for any characters.", HelpName = "PATH" };
    private readonly Option<string?> _method = new("--method") { Description = "Only these methods, such as GET,POST.", HelpName = "METHODS" };
    private readonly Option<string?> _status = new("--status") { Description = "Only these statuses, such as 404 or 4xx,500.", HelpName = "STATUSES" };
    private readonly Option<string?> _outcome = new("--outcome") { Description = "Only these outcomes, such as matched, no_match, unauthorized, rejected.", HelpName = "OUTCOMES" };
    private readonly Option<string?> _text = new("--text") { Description = "Only calls that have this text in their path, headers, bodies or the name of their example.", HelpName = "TEXT" };
    private readonly Option<string?> _since = new("--since") { Description = "Only calls since then: 5m, 2h, or a time of RFC 3339.", HelpName = "TIME" };
    private readonly Option<string?> _until = new("--until") { Description = "Only calls until then.", HelpName = "TIME" };

    /// <summary>Adds them.</summary>
    public CallFilterOptions(Command command)
    {
        foreach (var option in (Option[])[_unmatched, _path, _method, _status, _outcome, _text, _since, _until])
            command.Options.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="call">What was typed.</param>
    /// <param name="withAll">Whether calls come with everything, for programs.</param>
    /// <exception cref="CommandException">Two options contradict each other, or a time is none.</exception>
    public CallFilter Read(ClusterCall call, bool withAll)
    {
        var result = call.Result;
        var unmatched = result.GetValue(_unmatched);
        if (unmatched && result.GetValue(_outcome) is not null)
            throw new CommandException("--unmatched is an outcome: give it or --outcome.");
        return new CallFilter
        {
            Path = result.GetValue(_path),
            Method = result.GetValue(_method),
            Status = result.GetValue(_status),
            Outcome = unmatched ? "unmatched" : result.GetValue(_outcome),
            Text = result.GetValue(_text),
            Since = Moment.Read("--since", result.GetValue(_since), call.Console.Time),
            Until = Moment.Read("--until", result.GetValue(_until), call.Console.Time),
            Include = withAll ? Everything : unmatched ? "nearest" : null,
        };
    }
}
