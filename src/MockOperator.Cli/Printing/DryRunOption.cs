using System.CommandLine;

namespace MockOperator.Cli.Printing;

/// <summary><c>--dry-run</c> of a command that writes, as kubectl has it.</summary>
internal sealed class DryRunOption
{
    private const string Client = "client";
    private const string Server = "server";
    private readonly Option<string?> _option;

    /// <summary>Adds it.</summary>
    public DryRunOption(Command command)
    {
        _option = new Option<string?>("--dry-run") { Description = "Write nothing: only say what would be sent (client), or have the server judge it (server).", HelpName = "none|client|server" };
        _option.AcceptOnlyFromAmong("none", Client, Server);
        command.Options.Add(_option);
    }

    /// <summary>Whether nothing is sent.</summary>
    public bool IsClient(ParseResult result) => result.GetValue(_option) == Client;

    /// <summary>Whether the server only judges.</summary>
    public bool IsServer(ParseResult result) => result.GetValue(_option) == Server;

    /// <summary>What is said behind a success, so that nobody takes it for one: <c> (dry run)</c>.</summary>
    public string Remark(ParseResult result) => IsClient(result) ? " (dry run)" : IsServer(result) ? " (server dry run)" : "";
}
