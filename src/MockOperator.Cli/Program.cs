using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Completion;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;

// As in the runtime: a request is answered on the thread that saw it arrive. The sockets read this once, when the first is opened.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var cluster = new ClusterOptions(CommandConsole.OfProcess());
return PluginCompletion.IsCalled(Environment.GetCommandLineArgs()[0]) ? MockCommand.Complete(args, cluster) : await MockCommand.RunAsync(args, cluster);
