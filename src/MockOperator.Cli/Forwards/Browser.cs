using System.ComponentModel;
using System.Diagnostics;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Forwards;

/// <summary>The browser of whoever sits at this machine.</summary>
internal static class Browser
{
    /// <summary>Opens a page.</summary>
    /// <exception cref="CommandException">There is nothing that opens pages.</exception>
    public static void Open(Uri page)
    {
        try
        {
            var program = OperatingSystem.IsWindows()
                ? new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true }
                : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [page.AbsoluteUri]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(program);
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new CommandException($"No browser can be opened from here ({e.Message}). Open {page} yourself.", e);
        }
    }
}
