using System.Globalization;

namespace MockOperator.Cli.Terminal;

/// <summary>Numbers for people.</summary>
internal static class Amount
{
    private const int BarWidth = 24;

    /// <summary>A number with its thousands set apart.</summary>
    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>How much of a whole something is; nothing of nothing.</summary>
    public static string Percent(long part, long whole) => whole <= 0 ? "" : $"{100.0 * part / whole:0.#}%";

    /// <summary>A bar as long as a part of a whole, to an eighth of a character; what is more than nothing is seen.</summary>
    public static string Bar(long part, long whole)
    {
        if (whole <= 0 || part <= 0)
            return "";
        var eighths = Math.Clamp((int)Math.Round(8.0 * BarWidth * part / whole), 1, 8 * BarWidth);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : (char)('█' + 8 - (eighths % 8)));
    }

    /// <summary>The bar on a ground as long as the whole.</summary>
    public static string Gauge(long part, long whole)
    {
        var bar = Bar(part, whole);
        return bar + new string('░', BarWidth - bar.Length);
    }
}
