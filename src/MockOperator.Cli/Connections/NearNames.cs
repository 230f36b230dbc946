namespace MockOperator.Cli.Connections;

/// <summary>Names that somebody may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;

    /// <summary>Those that are nearest to what was typed: within a third of its letters, or beginning with it; none when nothing is near.</summary>
    public static IReadOnlyList<string> Of(string typed, IEnumerable<string> names) =>
    [
        .. names
            .Select(name => (Name: name, Distance: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(typed, name)))
            .Where(near => near.Distance <= Math.Max(1, typed.Length / 3))
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal)
            .Take(Most)
            .Select(near => near.Name),
    ];

    /// <summary>Levenshtein's: letters to put in, leave out or change.</summary>
    private static int Distance(string one, string other)
    {
        var row = new int[other.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
