using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>Which ConfigMaps a spec refers to: what must be watched, and what a change of must wake.</summary>
public static class ReferencedConfigMaps
{
    /// <summary>Those of a source.</summary>
    public static IEnumerable<string> Of(ICollectionSource? source)
    {
        if (source?.ConfigMapKeyRef is not { } reference)
        {
            yield break;
        }

        yield return reference.Name;
        foreach (ConfigMapKeyReference part in reference.Parts ?? [])
        {
            yield return part.Name;
        }
    }

    /// <summary>Those of all versions of a collection.</summary>
    public static IEnumerable<string> Of(CollectionSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Of((ICollectionSource)spec).Concat((spec.Versions ?? []).SelectMany(Of)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Those of an environment.</summary>
    public static IEnumerable<string> Of(EnvironmentSpec? environment)
    {
        foreach (EnvironmentSource source in environment?.From ?? [])
        {
            if (source.ConfigMapRef is { } map)
            {
                yield return map.Name;
            }
        }

        if (environment?.Postman?.ConfigMapKeyRef is { } export)
        {
            yield return export.Name;
        }
    }

    /// <summary>Those of a mock itself; its Collection's are not among them.</summary>
    public static IEnumerable<string> Of(MockServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Of(spec.Collection).Concat(Of(spec.Environment)).Distinct(StringComparer.Ordinal);
    }
}
