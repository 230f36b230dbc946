namespace MockOperator.Resources;

/// <summary>What the server responses of a mock must satisfy.</summary>
public static class ServerResponseRules
{
    /// <summary>Share of the calls that get a server response when nothing is said: all.</summary>
    public const int WholeShare = 100;

    /// <summary>The lowest status: a server response says that something went wrong.</summary>
    public const int LowestStatus = 400;

    /// <summary>The highest status.</summary>
    public const int HighestStatus = 599;

    /// <summary>Most server responses of a mock.</summary>
    public const int MostResponses = 32;

    /// <summary>Longest name.</summary>
    public const int LongestName = 253;

    /// <summary>Longest body, in characters.</summary>
    public const int LongestBody = 1024 * 1024;

    private const int MostHeaders = 64;
    private const int LongestHeaderName = 256;
    private const int LongestHeaderValue = 8192;
    private const string NoneActive = "activeServerResponse is the name of one of serverResponses";

    /// <summary>What is checked here, in CEL. That names differ is said by the list, whose key they are.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        new(
            ".spec",
            "!has(self.activeServerResponse) || (has(self.serverResponses) && self.serverResponses.exists(response, response.name == self.activeServerResponse))",
            NoneActive,
            ".activeServerResponse"),
    ];

    /// <summary>Whether a status is one of a server response: it says that something went wrong.</summary>
    public static bool IsStatus(int status) => status is >= LowestStatus and <= HighestStatus;

    /// <summary>Finds the server response that is active.</summary>
    /// <param name="spec">Spec of the mock.</param>
    /// <returns>The server response; null when the mock answers by its examples.</returns>
    public static ServerResponseSpec? FindActive(MockServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.ActiveServerResponse is { } name ? spec.ServerResponses?.FirstOrDefault(response => response?.Name == name) : null;
    }

    internal static void Check(MockServerSpec spec, List<SpecProblem> problems)
    {
        if (spec.ServerResponses?.Count > MostResponses)
        {
            problems.Add(new("serverResponses", $"at most {MostResponses}; remove one that is not used any more"));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < Math.Min(spec.ServerResponses?.Count ?? 0, MostResponses); index++)
        {
            string place = $"serverResponses[{index}]";
            ServerResponseSpec? response = spec.ServerResponses![index];
            if (response is not { Name.Length: > 0 })
            {
                problems.Add(new(place + ".name", "a name is needed"));
            }
            else if (response.Name.Length > LongestName)
            {
                problems.Add(new(place + ".name", $"at most {LongestName} characters"));
            }
            else if (!names.Add(response.Name))
            {
                problems.Add(new(place + ".name", $"the name '{response.Name}' is there twice"));
            }

            if (!IsStatus(response?.Status ?? 0))
            {
                problems.Add(new(place + ".status", $"{LowestStatus} to {HighestStatus}"));
            }

            if (response?.Share is < 1 or > WholeShare)
            {
                problems.Add(new(place + ".share", $"1 to {WholeShare} percent of the calls; for none leave activeServerResponse out"));
            }

            if (response?.Body?.Length > LongestBody)
            {
                problems.Add(new(place + ".body", $"at most {LongestBody} characters"));
            }

            CheckHeaders(place + ".headers", response?.Headers, problems);
        }

        if (spec.ActiveServerResponse is not null && FindActive(spec) is null)
        {
            problems.Add(new("activeServerResponse", NoneActive));
        }
    }

    private static void CheckHeaders(string place, IReadOnlyList<HeaderSpec>? headers, List<SpecProblem> problems)
    {
        if (headers?.Count > MostHeaders)
        {
            problems.Add(new(place, $"at most {MostHeaders} headers"));
        }

        for (int index = 0; index < Math.Min(headers?.Count ?? 0, MostHeaders); index++)
        {
            HeaderSpec? header = headers![index];
            if (header is not { Name.Length: > 0 and <= LongestHeaderName })
            {
                problems.Add(new($"{place}[{index}].name", $"a name is needed, of at most {LongestHeaderName} characters"));
            }

            if (header?.Value?.Length > LongestHeaderValue)
            {
                problems.Add(new($"{place}[{index}].value", $"at most {LongestHeaderValue} characters"));
            }
        }
    }
}
