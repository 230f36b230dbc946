using System.CommandLine;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>--wait</c> and <c>--timeout</c> of a command whose work goes on in the cluster.</summary>
internal sealed class WaitOption
{
    private readonly Option<bool> _wait;
    private readonly Option<string> _timeout;

    /// <summary>Adds them.</summary>
    /// <param name="command">The command.</param>
    /// <param name="what">What is waited for: <c>until it answers</c>.</param>
    /// <param name="standard">How long at most, when nothing is said.</param>
    public WaitOption(Command command, string what, string standard)
    {
        _wait = new Option<bool>("--wait") { Description = $"Wait {what}; exit code 1 when it does not." };
        _timeout = new Option<string>("--timeout") { Description = $"How long to wait; default: {standard}.", HelpName = "DURATION", DefaultValueFactory = _ => standard };
        _timeout.Validators.Add(result =>
        {
            if (!DurationText.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError($"--timeout is a duration such as 30s or {standard}.");
        });
        command.Options.Add(_wait);
        command.Options.Add(_timeout);
    }

    /// <summary>How long to wait at most; null for not at all.</summary>
    public TimeSpan? Read(ParseResult result) => result.GetValue(_wait) && DurationText.TryParse(result.GetValue(_timeout), out var patience) ? patience : null;
}
