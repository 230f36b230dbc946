using System.Globalization;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Calls;
using MockOperator.Resources;

namespace MockOperator.Cli.Calls;

/// <summary>A call as a line: when, what was asked, what was answered, by which example, in what time.</summary>
internal static class CallLine
{
    /// <summary>Column of the path among <see cref="Headings"/>.</summary>
    public const int PathColumn = 2;

    /// <summary>Column of the example.</summary>
    public const int AnsweredByColumn = 4;

    private const int NarrowTerminal = 100;
    private const int NarrowestPath = 12;

    /// <summary>The headings.</summary>
    public static readonly string[] Headings = ["TIME", "METHOD", "PATH", "STATUS", "ANSWERED BY", "MS", "ID"];

    /// <summary>The cells of a call in a table.</summary>
    public static Cell[] Cells(CommandConsole console, PodCall call)
    {
        var served = call.Call.ServedAt.ToLocalTime();
        var isToday = served.Date == console.Time.GetLocalNow().Date;
        return
        [
            new Cell(served.ToString(!isToday ? "MM-dd HH:mm:ss" : console is { IsTerminal: true, Width: < NarrowTerminal } ? "HH:mm:ss" : "HH:mm:ss.fff", CultureInfo.InvariantCulture), Ink.Faint),
            new Cell(call.Call.Request.Method, Ink.Strong),
            call.Call.Request.Path,
            Status(call.Call),
            AnsweredBy(call.Call),
            call.Call.DurationMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + (call.Call.DelayMilliseconds is { } delay ? $"+{delay:0}" : ""),
            new Cell(call.Call.Id, Ink.Faint),
        ];
    }

    /// <summary>Writes a call that has just come, in columns that do not wait for others.</summary>
    public static void Write(CommandConsole console, PodCall call)
    {
        var cells = Cells(console, call);
        var time = console is { IsTerminal: true, Width: < NarrowTerminal } ? 8 : 12;
        int[] widths = [time, 7, Math.Max(NarrowestPath, console.Width - time - 53), 3, 20, 5, 0];
        var line = "";
        for (var i = 0; i < cells.Length; i++)
        {
            // Into a pipe nothing is cut; the columns after it are then where they are.
            var cell = console.IsTerminal && i is (PathColumn or AnsweredByColumn) ? cells[i].Cut(widths[i]) : cells[i];
            line += console.Paint(cell) + (i == cells.Length - 1 ? "" : new string(' ', Math.Max(0, widths[i] - cell.Width) + 1));
        }

        console.Out.WriteLine(line);
    }

    /// <summary>Why the nearest example did not answer; null when that is not known.</summary>
    public static string? Nearest(MockCall call) => call.Nearest is [var nearest, ..] ? $"nearest: {nearest.Name} ({nearest.Request}): {nearest.Reason}" : null;

    /// <summary>The status, or that nobody waited for it.</summary>
    public static Cell Status(MockCall call) => call.Response.Status == 0
        ? new Cell("–", Ink.Faint)
        : new Cell(call.Response.Status.ToString(CultureInfo.InvariantCulture), Inks.OfStatus(call.Response.Status));

    /// <summary>What answered.</summary>
    public static Cell AnsweredBy(MockCall call) => call.Outcome switch
    {
        "matched" => call.Example?.Name ?? "an example",
        "no_match" => new Cell("no example matches", Ink.Notice),
        "no_example" => new Cell("no example is saved", Ink.Notice),
        "server_response" => new Cell("the server response", Ink.Notice),
        "explained" => new Cell("an explanation", Ink.Faint),
        "unauthorized" => new Cell("refused: no valid key", Ink.Bad),
        "rejected" => new Cell("refused", Ink.Bad),
        "aborted" => new Cell("the caller left", Ink.Faint),
        var other => new Cell(other, Ink.Bad),
    };
}
