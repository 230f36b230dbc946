using System.CommandLine;
using System.Net;
using System.Text;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Forwards;
using MockOperator.Cli.Terminal;
using MockOperator.Dashboard;
using MockOperator.Dashboard.Access;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock dashboard</c>: the pages on which mocks are seen and edited, for whoever starts it, on this machine alone.</summary>
internal static class DashboardCommand
{
    /// <summary>Whom the writes of dashboards are attributed to.</summary>
    public const string FieldManager = "mock-dashboard";

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("dashboard", "Open the dashboard in a browser: mocks, their calls, collections and usage, with your own rights. Only this machine can reach it.");
        var port = new Option<int>("--port") { Description = "The port on the loopback address; default: one that is free.", HelpName = "PORT" };
        var noOpen = new Option<bool>("--no-open") { Description = "Print the address, and open no browser." };
        command.Options.Add(port);
        command.Options.Add(noOpen);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var access = new LocalAccess(call.Cluster, options.Who(call.Result), call.Namespace);
            await using var app = DashboardServer.Create(new DashboardOptions
            {
                Access = access,
                Listen = new IPEndPoint(IPAddress.Loopback, Port(call.Result.GetValue(port))),
                Yaml = YamlText,
                Time = options.Console.Time,
            });
            var url = await StartAsync(app, cancellationToken);
            await options.Console.Out.WriteLineAsync($"{url}{access.EntryPath}");
            await options.Console.Error.WriteLineAsync("The address opens once, and acts with your rights: keep it to yourself. Ctrl+C ends the dashboard.");
            if (!call.Result.GetValue(noOpen))
                Open($"{url}{access.EntryPath}");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }, FieldManager);
        return command;
    }

    /// <summary>JSON as YAML, as <c>-o yaml</c> writes it.</summary>
    public static string YamlText(ReadOnlyMemory<byte> json)
    {
        var text = new StringWriter(new StringBuilder());
        YamlWriter.Write(text, json.Span);
        return text.ToString();
    }

    /// <summary>Checks a port.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static int Port(int port) => port is >= 0 and <= IPEndPoint.MaxPort ? port : throw new CommandException($"{port} is no port: it is 1 to {IPEndPoint.MaxPort}, or 0 for one that is free.");

    /// <summary>Starts a server.</summary>
    /// <returns>Where it listens, without a slash at the end.</returns>
    /// <exception cref="CommandException">The port is taken.</exception>
    public static async Task<string> StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return app.Urls.First().TrimEnd('/');
        }
        catch (IOException e)
        {
            throw new CommandException($"{e.Message} Choose another port with --port.", e);
        }
    }

    private static void Open(string url)
    {
        try
        {
            Browser.Open(new Uri(url));
        }
        catch (CommandException)
        {
            // No browser here: the address was printed.
        }
    }
}
