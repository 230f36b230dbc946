using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;

// As in the runtime: a request is answered on the thread that saw it arrive. The sockets read this once, when the first is opened.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

return await MockCommand.RunAsync(args, new ClusterOptions(CommandConsole.OfProcess()));
