namespace MockOperator.Cli.Terminal;

/// <summary>Where a command reads and writes, and what it may expect there. One for the process; tests make their own, so that nothing of a command is global.</summary>
internal sealed class CommandConsole
{
    private const int WidthWithoutTerminal = 120;

    /// <summary>What was asked for: to be read by people or programs.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>What is said about it: errors, progress, hints.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What is typed or piped in.</summary>
    public required TextReader In { get; init; }

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Columns of a line.</summary>
    public int Width { get; init; } = WidthWithoutTerminal;

    /// <summary>Whether <see cref="Out"/> is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether somebody is there who can be asked: both ways lead to a terminal.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Asks the person at the terminal; null where nobody can be asked.</summary>
    public IQuestions? Questions { get; init; }

    /// <summary>Whether <see cref="Out"/> shows colours.</summary>
    public bool HasColour { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>That of the process. No colour without a terminal, with <c>NO_COLOR</c> (no-color.org) or on a dumb one.</summary>
    public static CommandConsole OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        var canAsk = isTerminal && !Console.IsInputRedirected;
        return new CommandConsole
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            Variable = Environment.GetEnvironmentVariable,
            Width = isTerminal ? WidthOfTerminal() : WidthWithoutTerminal,
            IsTerminal = isTerminal,
            CanAsk = canAsk,
            Questions = canAsk ? new TerminalQuestions() : null,
            HasColour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb",
        };
    }

    /// <summary>Text for <see cref="Out"/> in the colour of its meaning, where there are colours.</summary>
    public string Paint(Cell cell)
    {
        var code = cell.Ink switch
        {
            Ink.Strong => "1",
            Ink.Faint => "2",
            Ink.Good => "32",
            Ink.Notice => "33",
            Ink.Bad => "31",
            _ => null,
        };
        return HasColour && code is not null ? $"\u001b[{code}m{cell.Text}\u001b[0m" : cell.Text;
    }

    /// <summary>Asks before something that cannot be taken back.</summary>
    /// <param name="question">What is about to happen.</param>
    /// <param name="isAgreed">Whether the command line says yes already.</param>
    /// <exception cref="CommandException">Nobody is there to be asked.</exception>
    public bool Agrees(string question, bool isAgreed) =>
        isAgreed || (Questions ?? throw new CommandException($"{question} Nobody can be asked here: add --yes.")).Confirm(question);

    /// <inheritdoc cref="Paint(Cell)"/>
    public string Paint(string text, Ink ink) => Paint(new Cell(text, ink));

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : WidthWithoutTerminal;
        }
        catch (IOException)
        {
            return WidthWithoutTerminal;
        }
    }
}
