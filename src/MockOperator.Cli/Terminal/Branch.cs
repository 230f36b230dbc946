namespace MockOperator.Cli.Terminal;

/// <summary>A line of a tree, and those below it.</summary>
/// <param name="Cells">What the line says; the empty ones are left out.</param>
/// <param name="Below">The branches below it.</param>
internal sealed record Branch(IReadOnlyList<Cell> Cells, IReadOnlyList<Branch> Below)
{
    /// <summary>Writes branches, each with what is below it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="branches">The branches.</param>
    /// <param name="trunk">What stands before each line.</param>
    public static void Write(CommandConsole console, IReadOnlyList<Branch> branches, string trunk)
    {
        for (var i = 0; i < branches.Count; i++)
        {
            var isLast = i == branches.Count - 1;
            var words = branches[i].Cells.Where(cell => cell.Width > 0).Select(console.Paint);
            console.Out.WriteLine($"{console.Paint($"{trunk}{(isLast ? "└─ " : "├─ ")}", Ink.Faint)}{string.Join(' ', words)}");
            Write(console, branches[i].Below, trunk + (isLast ? "   " : "│  "));
        }
    }
}
