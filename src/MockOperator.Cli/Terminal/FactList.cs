namespace MockOperator.Cli.Terminal;

/// <summary>Names and what is said of them, below each other. At a terminal what is long goes on below its beginning.</summary>
internal sealed class FactList
{
    private const int Indent = 2;
    private const int Gap = 3;

    private readonly List<(Cell Name, string Value)> _facts = [];

    /// <summary>Adds a fact; one without a value is left out.</summary>
    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _facts.Add((new Cell(name, Ink.Faint), Printable.Line(value)));
    }

    /// <summary>Writes them.</summary>
    public void Write(CommandConsole console)
    {
        var column = Indent + Gap + _facts.Select(fact => fact.Name.Width).DefaultIfEmpty().Max();
        foreach (var (name, value) in _facts)
        {
            var before = new string(' ', Indent) + console.Paint(name) + new string(' ', column - Indent - name.Width);
            foreach (var line in console.IsTerminal ? Wrapping.Lines(value, console.Width - column) : [value])
            {
                console.Out.WriteLine(before + line);
                before = new string(' ', column);
            }
        }
    }
}
