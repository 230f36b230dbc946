namespace MockOperator.Resources;

/// <summary>What the server responses of a mock must satisfy.</summary>
public static class ServerResponseRules
{
    /// <summary>Share of the calls that get a server response when nothing is said: all.</summary>
    public const int WholeShare = 100;

    private const string NoneActive = "activeServerResponse is the name of one of serverResponses";
    private const int LowestStatus = 400;
    private const int HighestStatus = 599;

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
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < (spec.ServerResponses?.Count ?? 0); index++)
        {
            string place = $"serverResponses[{index}]";
            ServerResponseSpec? response = spec.ServerResponses![index];
            if (response is not { Name.Length: > 0 })
            {
                problems.Add(new(place + ".name", "a name is needed"));
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
        }

        if (spec.ActiveServerResponse is not null && FindActive(spec) is null)
        {
            problems.Add(new("activeServerResponse", NoneActive));
        }
    }
}
