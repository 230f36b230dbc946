using System.CommandLine;
using MockOperator.Runtime.CommandLine;

// Signals are ours: a drain takes longer than the command line library would wait.
return await RuntimeCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
