using System.CommandLine;
using MockOperator.Runtime.CommandLine;

// A request is answered on the thread that saw it arrive: handing it to another costs more than most answers (Port, MockApplication). The sockets read this
// once, when the first is opened; there is no other way to tell them.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

// Signals are ours: a drain takes longer than the command line library would wait.
return await RuntimeCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
