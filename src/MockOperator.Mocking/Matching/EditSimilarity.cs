namespace MockOperator.Mocking.Matching;

/// <summary>
/// The test of Postman's last resort (step 8): the share of a segment that survives the edits, <c>round((length − distance) / length × 100)</c>,
/// is at least 75. Only segments up to <see cref="MaxLength"/> are compared; longer ones must be equal.
/// </summary>
internal static class EditSimilarity
{
    /// <summary>Longest segment whose distance is computed: the work for a hostile path stays bounded.</summary>
    internal const int MaxLength = 255;

    /// <summary>Most edits a segment of this length may need: rounding half up, 74.5 % must survive.</summary>
    internal static int AllowedEdits(int length) => length > MaxLength ? 0 : 51 * length / 200;

    /// <summary>Units of a <see cref="WorkBudget"/> that a comparison takes at most.</summary>
    internal static long Cost(int length)
    {
        const int PerComparison = 20;
        const int PerCell = 3;
        return PerComparison + (PerCell * length * ((2L * AllowedEdits(length)) + 1));
    }

    /// <summary>Whether a segment of the request is close to one of an example. Both are folded already.</summary>
    internal static bool IsClose(ReadOnlySpan<char> requested, ReadOnlySpan<char> saved)
    {
        int allowed = AllowedEdits(requested.Length);
        if (Math.Abs(requested.Length - saved.Length) > allowed)
        {
            return false;
        }

        return allowed == 0 ? requested.SequenceEqual(saved) : Distance(requested, saved, allowed) <= allowed;
    }

    /// <summary>Levenshtein distance, given up as soon as it must exceed <paramref name="limit"/>: only a band of that width is computed.</summary>
    private static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int limit)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (int column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (int line = 1; line <= left.Length; line++)
        {
            int first = Math.Max(1, line - limit);
            int last = Math.Min(right.Length, line + limit);
            int diagonal = row[first - 1];
            row[first - 1] = first == 1 ? line : limit + 1;
            int best = row[first - 1];
            for (int column = first; column <= last; column++)
            {
                int above = column == line + limit ? limit + 1 : row[column];
                int cost = left[line - 1] == right[column - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[column - 1]));
                diagonal = row[column];
                row[column] = cost;
                best = Math.Min(best, cost);
            }

            if (best > limit)
            {
                return limit + 1;
            }
        }

        return row[right.Length];
    }
}
