using MockOperator.Resources;

namespace MockOperator.Client.Documents;

/// <summary>Tells what breaks a rule before anything is sent.</summary>
internal static class SpecCheck
{
    /// <summary>Throws when a MockServer breaks a rule.</summary>
    /// <param name="name">Its <c>metadata.name</c>.</param>
    /// <param name="spec">Its spec.</param>
    /// <exception cref="DocumentException">It does; the message names every field.</exception>
    public static void Throw(string name, MockServerSpec spec) => Throw([.. MockServerRules.Check(name, spec), .. CorsRules.Check(spec.Cors), .. ApiKeyRules.Check(spec.ApiKeys)]);

    /// <summary>Throws when there are problems.</summary>
    /// <param name="problems">What the rules found.</param>
    /// <exception cref="DocumentException">There are some; the message names every field.</exception>
    public static void Throw(IReadOnlyList<SpecProblem> problems)
    {
        if (problems.Count > 0)
            throw new DocumentException(string.Join("; ", problems.Select(static problem => problem.ToString())));
    }

    /// <summary>Throws when there are problems of something that a user knows by another name than the rules do.</summary>
    /// <inheritdoc cref="Throw(IReadOnlyList{SpecProblem})"/>
    /// <param name="problems">What the rules found.</param>
    /// <param name="place">What the rules call it.</param>
    /// <param name="name">What the user calls it.</param>
    public static void Throw(IReadOnlyList<SpecProblem> problems, string place, string name)
    {
        if (problems.Count > 0)
            throw new DocumentException(string.Join("; ", problems.Select(problem => $"{problem.Path.Replace(place, name, StringComparison.Ordinal)}: {problem.Message}")));
    }
}
