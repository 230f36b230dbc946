using System.CommandLine;
using MockOperator.Fuzzing;

var root = new RootCommand("Inputs that nobody would write, and calls without end.") { FuzzCommand.Create(), ReplayCommand.Create(), InstrumentCommand.Create(), SoakCommand.Create() };
return await root.Parse(args).InvokeAsync();
