namespace MockOperator.Resources;

/// <summary>
/// What a MockServer must satisfy beyond its schema. The CRD says the same in CEL; servers older than 1.25 drop CEL silently, and objects stored before a
/// rule was added keep existing, so the operator checks again.
/// </summary>
public static class MockServerRules
{
    /// <summary>Longest name: it becomes part of the names of children, which are label values of at most 63.</summary>
    public const int LongestName = 52;

    /// <summary>Most pods of a mock.</summary>
    public const int MostReplicas = 100;

    private const string OneCollection = "a MockServer takes exactly one of collectionRef and collection";
    private const string OneSource = "an entry of from takes exactly one of configMapRef and secretRef";
    private const string OneExport = "postman takes exactly one of configMapKeyRef and secretKeyRef";
    private const string CorsWithoutExposure = "cors.at is Ingress, but the mock has neither ingress nor gateway";
    private const string UrlWithoutExposure = "publishUrl.address is External, but the mock has neither ingress nor gateway";

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        new("", "size(self.metadata.name) <= 52 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')", NameRule),
        new(".spec", "has(self.collectionRef) != has(self.collection)", OneCollection),
        new(".spec", "!has(self.cors) || !has(self.cors.at) || self.cors.at != 'Ingress' || has(self.ingress) || has(self.gateway)", CorsWithoutExposure, ".cors.at"),
        new(
            ".spec",
            "!has(self.publishUrl) || !has(self.publishUrl.address) || self.publishUrl.address != 'External' || has(self.ingress) || has(self.gateway)",
            UrlWithoutExposure,
            ".publishUrl.address"),
        new(".spec.environment.from[]", "has(self.configMapRef) != has(self.secretRef)", OneSource),
        new(".spec.environment.postman", "has(self.configMapKeyRef) != has(self.secretKeyRef)", OneExport),
    ];

    private static string NameRule => $"the name becomes the name of a Service: at most {LongestName} of a-z, 0-9 and '-', starting with a letter and ending with a letter or digit";

    /// <summary>Checks a mock.</summary>
    /// <param name="name">Its <c>metadata.name</c>.</param>
    /// <param name="spec">Its spec.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(string name, MockServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new List<SpecProblem>();
        if (!IsServiceName(name))
        {
            problems.Add(new("metadata.name", NameRule));
        }

        if (spec.CollectionRef is null == spec.Collection is null)
        {
            problems.Add(new("", OneCollection));
        }

        if (spec.CollectionRef is { Name.Length: 0 })
        {
            problems.Add(new("collectionRef.name", "the name of a Collection of this namespace is needed"));
        }

        if (spec.Collection is { } embedded)
        {
            CollectionRules.CheckSource("collection", CollectionRules.Embedded, embedded, problems);
        }

        CheckEnvironment(spec.Environment, problems);
        MatchedHeaderRules.Check(spec.Matching, problems);
        CheckAnswers(spec, problems);
        MockQuotaRules.Check(spec.Quota, problems);
        problems.AddRange(RateLimitRules.Check(spec.RateLimit));
        problems.AddRange(CallLogRules.Check(spec.CallLog));
        CheckQuantities("resources.requests", spec.Resources?.Requests, problems);
        CheckQuantities("resources.limits", spec.Resources?.Limits, problems);
        CheckExposure(spec, problems);

        if (spec.Replicas is < 0 or > MostReplicas)
        {
            problems.Add(new("replicas", $"0 to {MostReplicas}"));
        }

        return problems;
    }

    private static void CheckExposure(MockServerSpec spec, List<SpecProblem> problems)
    {
        if (spec.PublishUrl is { ConfigMap: not { Name.Length: > 0, Key.Length: > 0 } })
        {
            problems.Add(new("publishUrl.configMap", "name and key of a ConfigMap are needed"));
        }

        bool isExposed = spec.Ingress is not null || spec.Gateway is not null;
        if (spec.PublishUrl is { Address: PublishedAddress.External } && !isExposed)
        {
            problems.Add(new("publishUrl.address", UrlWithoutExposure));
        }

        if (spec.Cors is { At: CorsLocation.Ingress } && !isExposed)
        {
            problems.Add(new("cors.at", CorsWithoutExposure));
        }

        IngressRules.Check(spec.Ingress, problems);
    }

    private static void CheckEnvironment(EnvironmentSpec? environment, List<SpecProblem> problems)
    {
        for (int index = 0; index < (environment?.From?.Count ?? 0); index++)
        {
            EnvironmentSource? source = environment!.From![index];
            if (source?.ConfigMapRef is null == source?.SecretRef is null)
            {
                problems.Add(new($"environment.from[{index}]", OneSource));
            }
        }

        if (environment?.Postman is { } postman && postman.ConfigMapKeyRef is null == postman.SecretKeyRef is null)
        {
            problems.Add(new("environment.postman", OneExport));
        }
    }

    private static void CheckAnswers(MockServerSpec spec, List<SpecProblem> problems)
    {
        DelayRules.Check(spec.Delay, problems);

        ServerResponseRules.Check(spec, problems);
    }

    private static void CheckQuantities(string place, IReadOnlyDictionary<string, string>? quantities, List<SpecProblem> problems)
    {
        if (quantities is null)
        {
            return;
        }

        problems.AddRange(quantities
            .Where(static pair => !QuantityRules.IsQuantity(pair.Value))
            .Select(pair => new SpecProblem($"{place}.{pair.Key}", "a quantity is a number with a suffix such as m, Mi or Gi, or an exponent of at most two digits")));
    }

    private static bool IsServiceName(string name) =>
        name.Length is > 0 and <= LongestName
        && name[0] is >= 'a' and <= 'z'
        && name[^1] != '-'
        && name.All(static character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
