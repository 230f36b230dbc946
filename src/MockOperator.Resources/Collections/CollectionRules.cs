namespace MockOperator.Resources;

/// <summary>What a Collection must satisfy beyond its schema; see <see cref="MockServerRules"/> for why it is said twice.</summary>
public static class CollectionRules
{
    /// <summary>What a source is called that stands in a MockServer.</summary>
    internal const string Embedded = "an embedded collection";

    private const string Whole = "a Collection";
    private const string Version = "a version";
    private const string CurrentTag = "CURRENT names the source at the top level and cannot be a tag";

    /// <summary>What is checked here, in CEL. That tags differ is said by the list, whose key they are.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        .. CelOfSource(".spec", Whole),
        .. CelOfSource(".spec.versions[]", Version),
        new(".spec.versions[].tag", "self != 'CURRENT'", CurrentTag),
    ];

    /// <summary>Checks a collection.</summary>
    /// <param name="spec">Its spec.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(CollectionSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new List<SpecProblem>();
        CheckSource("", Whole, spec, problems);
        var tags = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < (spec.Versions?.Count ?? 0); index++)
        {
            // The type says that no element is null, but a list read from JSON may hold one.
            CollectionVersion? version = spec.Versions![index];
            string place = $"versions[{index}]";
            if (version?.Tag == CollectionSpec.CurrentVersion)
            {
                problems.Add(new(place + ".tag", CurrentTag));
            }
            else if (string.IsNullOrEmpty(version?.Tag))
            {
                problems.Add(new(place + ".tag", "a tag is needed"));
            }
            else if (!tags.Add(version.Tag))
            {
                problems.Add(new(place + ".tag", $"the tag '{version.Tag}' is there twice"));
            }

            CheckSource(place, Version, version ?? new CollectionVersion(), problems);
        }

        return problems;
    }

    /// <summary>What is checked of a source, in CEL.</summary>
    internal static IEnumerable<CelRule> CelOfSource(string at, string what) =>
    [
        new(at, "(has(self.postman) ? 1 : 0) + (has(self.examples) ? 1 : 0) + (has(self.configMapKeyRef) ? 1 : 0) == 1", OneSource(what)),
        .. ExampleRules.Cel(at + ".examples[]"),
    ];

    private static string OneSource(string what) => $"{what} takes exactly one source: postman, examples or configMapKeyRef";

    /// <summary>Checks that exactly one source is given.</summary>
    internal static void CheckSource(string place, string what, ICollectionSource source, List<SpecProblem> problems)
    {
        int given = (source.Postman is null ? 0 : 1) + (source.Examples is null ? 0 : 1) + (source.ConfigMapKeyRef is null ? 0 : 1);
        if (given != 1)
        {
            problems.Add(new(place, OneSource(what)));
        }

        ExampleRules.Check(place.Length == 0 ? "examples" : place + ".examples", source.Examples, problems);
        if (source.ConfigMapKeyRef is { } reference && (string.IsNullOrEmpty(reference.Name) || string.IsNullOrEmpty(reference.Key)))
        {
            problems.Add(new(place.Length == 0 ? "configMapKeyRef" : place + ".configMapKeyRef", "name and key of a ConfigMap are needed"));
        }
    }
}
