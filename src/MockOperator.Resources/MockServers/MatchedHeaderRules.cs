namespace MockOperator.Resources;

/// <summary>What the headers of a <see cref="MatchingSpec"/> must satisfy; the schema of the CRD says the same.</summary>
public static class MatchedHeaderRules
{
    /// <summary>Most entries of <see cref="MatchingSpec.Headers"/>.</summary>
    public const int MostHeaders = 32;

    /// <summary>Longest name of a header.</summary>
    public const int LongestHeader = 256;

    internal static void Check(MatchingSpec? spec, List<SpecProblem> problems)
    {
        if (spec?.Headers is not { } headers)
        {
            return;
        }

        if (headers.Count > MostHeaders)
        {
            problems.Add(new("matching.headers", $"at most {MostHeaders} names"));
        }

        for (int index = 0; index < headers.Count && index < MostHeaders; index++)
        {
            if (headers[index] is not { Length: <= LongestHeader } name || !HttpToken.IsToken(name))
            {
                problems.Add(new($"matching.headers[{index}]", $"the name of a header is letters, digits and hyphens, such as X-Tenant; at most {LongestHeader} characters"));
            }
        }
    }
}
