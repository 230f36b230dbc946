namespace MockOperator.Cli.Terminal;

/// <summary>A command cannot do what it was asked. The message is for the person who asked: what is wrong and what helps, in a sentence or two.</summary>
internal sealed class CommandException(string message, Exception? inner = null) : Exception(message, inner);
