using System.Globalization;

namespace MockOperator.Dashboard.Pages;

/// <summary>Bars as SVG: a style attribute is nothing that the pages' policy lets through.</summary>
internal static class Bars
{
    /// <summary>Length of the part that a value is of the most, in units of the drawing; a value that is not zero is always seen.</summary>
    public static string Width(long value, long most, int whole)
    {
        var part = most <= 0 || value <= 0 ? 0 : Math.Clamp((double)value / most * whole, Math.Min(2, whole), whole);
        return part.ToString("0.#", CultureInfo.InvariantCulture);
    }
}
