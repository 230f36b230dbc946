using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>What native examples must satisfy beyond their schema.</summary>
public static class ExampleRules
{
    // They end up in a condition, whose message is bounded.
    private const int MostTold = 10;

    private const string OneBody = "give one of body, json and base64";

    /// <summary>What is checked here, in CEL, as far as it can be said: the API server's rules do not see json, for it is of any type. That names differ is said by the list, whose key they are.</summary>
    internal static IEnumerable<CelRule> Cel(string at) =>
    [
        new(at + ".response", "!(has(self.body) && has(self.base64))", OneBody, ".base64"),
        .. DelayRules.CelOfTime(at + ".response.delay"),
    ];

    /// <summary>Checks the examples of a source; null is right.</summary>
    internal static void Check(string place, IReadOnlyList<ExampleSpec>? examples, List<SpecProblem> problems)
    {
        var found = new List<SpecProblem>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < (examples?.Count ?? 0); index++)
        {
            // The type says that no element is null, but a list read from JSON may hold one: its reader tells of it.
            if ((ExampleSpec?)examples![index] is { } example)
            {
                Check($"{place}[{index}]", example, names, found);
            }
        }

        problems.AddRange(found.Take(MostTold));
        if (found.Count > MostTold)
        {
            problems.Add(new(place, $"{found.Count - MostTold} more examples break a rule"));
        }
    }

    private static void Check(string place, ExampleSpec example, HashSet<string> names, List<SpecProblem> problems)
    {
        if (string.IsNullOrEmpty(example.Name))
        {
            problems.Add(new(place + ".name", "a name is needed, which no other example of the collection has"));
        }
        else if (!names.Add(example.Name))
        {
            problems.Add(new(place + ".name", "another example of the collection has this name"));
        }

        if (example.Request is { Body: not null } request && IsGiven(request.Json))
        {
            problems.Add(new(place + ".request", "give one of body and json"));
        }

        if (example.Response is { } response)
        {
            if ((response.Body is null ? 0 : 1) + (IsGiven(response.Json) ? 1 : 0) + (response.Base64 is null ? 0 : 1) > 1)
            {
                problems.Add(new(place + ".response", OneBody));
            }

            DelayRules.Check(place + ".response.delay", response.Delay, problems);
        }
    }

    private static bool IsGiven(JsonElement? json) => json is { ValueKind: not JsonValueKind.Undefined };
}
