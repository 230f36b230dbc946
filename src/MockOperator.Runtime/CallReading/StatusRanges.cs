using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Runtime.CallReading;

/// <summary>Some statuses and classes of them; by default all.</summary>
internal readonly struct StatusRanges
{
    private readonly (int First, int Last)[]? _ranges;

    private StatusRanges((int First, int Last)[] ranges) => _ranges = ranges;

    /// <summary>Reads a list such as <c>200,4xx</c>.</summary>
    public static bool TryRead(string? text, out StatusRanges ranges, [NotNullWhen(false)] out string? problem)
    {
        ranges = default;
        problem = null;
        if (text is null)
        {
            return true;
        }

        var read = new List<(int, int)>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is [>= '1' and <= '5', 'x' or 'X', 'x' or 'X'])
            {
                int first = (part[0] - '0') * 100;
                read.Add((first, first + 99));
            }
            else if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status is 0 or (>= 100 and <= 599))
            {
                read.Add((status, status));
            }
            else
            {
                problem = $"{CallsPort.Status}: statuses such as 404, or classes such as 4xx, are needed, separated by commas; 0 is for calls that were not answered.";
                return false;
            }
        }

        ranges = new StatusRanges([.. read]);
        return true;
    }

    /// <summary>Whether a status is among them.</summary>
    public bool Has(int status) => _ranges is null || Array.Exists(_ranges, range => status >= range.First && status <= range.Last);
}
