using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Forwards;
using MockOperator.Cli.Keys;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Ports;
using MockOperator.Kinds;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock forward</c>: a mock at a port of this machine.</summary>
internal static class ForwardCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("forward", "Forward a port of this machine to a mock, also while its pods change. Ctrl+C ends.");
        var name = MockArgument.Mock(options);
        var port = new Argument<int>("port") { Description = "Port of this machine; 0 takes a free one.", DefaultValueFactory = _ => 0 };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > ushort.MaxValue)
                result.AddError("The port is a number from 0 to 65535.");
        });
        command.Arguments.Add(name);
        command.Arguments.Add(port);
        command.SetClusterAction(options, (call, cancellationToken) => RunAsync(call, call.Result.GetValue(name)!, call.Result.GetValue(port), null, cancellationToken));
        return command;
    }

    /// <summary>Forwards, and opens a page if one is named.</summary>
    public static async Task<int> RunAsync(ClusterCall call, string name, int port, string? page, CancellationToken cancellationToken)
    {
        var mock = await call.FindAsync<MockServer>(name, cancellationToken);
        var console = call.Console;
        using var forward = new MockForward(new MockPorts(call.Cluster, call.Key(name)), port, console.Time, what => console.Error.WriteLine(Printable.Line(what)));
        await forward.TryAsync(cancellationToken);
        await console.Out.WriteLineAsync($"{forward.Address.ToString().TrimEnd('/')} → {call.Namespace}/{name}");
        if (mock.Spec?.Private == true)
        {
            await console.Error.WriteLineAsync(page is null
                ? $"The mock is private: send its key in the header {KeySecret.HeaderOf(mock)} (`kubectl mock key {name}`)."
                : "The mock is private, and a browser sends no key: it will be refused. Use `kubectl mock forward` and a client that sends one.");
        }

        await console.Out.FlushAsync(cancellationToken);
        if (page is not null)
            Browser.Open(new Uri(forward.Address, page.StartsWith('/') ? page : "/" + page));
        await forward.RunAsync(cancellationToken);
        return 0;
    }
}
