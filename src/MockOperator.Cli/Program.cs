using System.CommandLine;
using MockOperator.Cli.CommandLine;

// As in the runtime: a request is answered on the thread that saw it arrive. The sockets read this once, when the first is opened.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

// Signals are ours: a drain takes longer than the command line library would wait.
return await MockCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
