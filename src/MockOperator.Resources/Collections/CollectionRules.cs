namespace MockOperator.Resources;

/// <summary>What a Collection must satisfy beyond its schema; see <see cref="MockServerRules"/> for why it is said twice.</summary>
public static class CollectionRules
{
    /// <summary>Checks a collection.</summary>
    /// <param name="spec">Its spec.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(CollectionSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new List<SpecProblem>();
        CheckSource("", "a Collection", spec, problems);
        var tags = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < (spec.Versions?.Count ?? 0); index++)
        {
            CollectionVersion version = spec.Versions![index];
            string place = $"versions[{index}]";
            if (version.Tag == CollectionSpec.CurrentVersion)
            {
                problems.Add(new(place + ".tag", "CURRENT names the source at the top level and cannot be a tag"));
            }
            else if (version.Tag.Length == 0)
            {
                problems.Add(new(place + ".tag", "a tag is needed"));
            }
            else if (!tags.Add(version.Tag))
            {
                problems.Add(new(place + ".tag", $"the tag '{version.Tag}' is there twice"));
            }

            CheckSource(place, "a version", version, problems);
        }

        return problems;
    }

    /// <summary>Checks that exactly one source is given.</summary>
    internal static void CheckSource(string place, string what, ICollectionSource source, List<SpecProblem> problems)
    {
        int given = (source.Postman is null ? 0 : 1) + (source.Examples is null ? 0 : 1) + (source.ConfigMapKeyRef is null ? 0 : 1);
        if (given != 1)
        {
            problems.Add(new(place, $"{what} takes exactly one source: postman, examples or configMapKeyRef"));
        }

        ExampleRules.Check(place.Length == 0 ? "examples" : place + ".examples", source.Examples, problems);
        if (source.ConfigMapKeyRef is { } reference && (reference.Name.Length == 0 || reference.Key.Length == 0))
        {
            problems.Add(new(place.Length == 0 ? "configMapKeyRef" : place + ".configMapKeyRef", "name and key of a ConfigMap are needed"));
        }
    }
}
