namespace MockOperator.Resources;

/// <summary>
/// What a <see cref="CorsSpec"/> must satisfy. The CRD says the same in its schema and in CEL; servers that drop CEL, and files that never met a server,
/// get the rules from here.
/// </summary>
public static class CorsRules
{
    /// <summary>How long a browser may remember a preflight when nothing is said.</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromMinutes(10);

    /// <summary>The longest time that may be asked for: no browser keeps a preflight longer.</summary>
    public static readonly TimeSpan LongestMaxAge = TimeSpan.FromHours(24);

    /// <summary>Most entries of <see cref="CorsSpec.AllowOrigins"/>, <see cref="CorsSpec.AllowHeaders"/> and <see cref="CorsSpec.ExposeHeaders"/>.</summary>
    public const int MaxEntries = 64;

    /// <summary>Most entries of <see cref="CorsSpec.AllowMethods"/>.</summary>
    public const int MaxMethods = 32;

    private const int MaxTokenLength = 128;

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        new(
            ".spec.cors",
            "!(has(self.allowCredentials) && self.allowCredentials) || (has(self.allowOrigins) && !self.allowOrigins.exists(origin, origin == '*' || origin == 'null'))",
            "credentials exclude the origins '*' (the default) and 'null': name the origins in allowOrigins",
            ".allowOrigins"),
        new(
            ".spec.cors",
            "!(has(self.allowCredentials) && self.allowCredentials) || !has(self.exposeHeaders) || !self.exposeHeaders.exists(name, name == '*')",
            "in exposeHeaders '*' means nothing to a browser together with allowCredentials: name the headers",
            ".exposeHeaders"),
        new(".spec.cors.maxAge", "duration(self) <= duration('24h')", "at most 24h"),
    ];

    /// <summary>Checks a spec.</summary>
    /// <param name="spec">The spec; null is the default and right.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(CorsSpec? spec)
    {
        if (spec is null)
            return [];

        var problems = new List<SpecProblem>();
        CheckOrigins(spec, problems);
        CheckTokens(spec.AllowMethods, "cors.allowMethods", "a method is an HTTP token such as GET, or '*'", MaxMethods, problems);
        CheckTokens(spec.AllowHeaders, "cors.allowHeaders", "a header name is an HTTP token such as X-Request-Id, or '*'", MaxEntries, problems);
        CheckTokens(spec.ExposeHeaders, "cors.exposeHeaders", "a header name is an HTTP token such as X-Request-Id, or '*'", MaxEntries, problems);
        if (spec is { AllowCredentials: true, ExposeHeaders: { } exposed } && exposed.Contains("*", StringComparer.Ordinal))
            problems.Add(new("cors.exposeHeaders", "'*' means nothing to a browser together with allowCredentials: name the headers"));
        if (spec.MaxAge is { } age && (!DurationText.TryParse(age, out var time) || time > LongestMaxAge))
            problems.Add(new("cors.maxAge", "a duration from 0s to 24h such as 600s, 10m or 1h30m is needed"));
        return problems;
    }

    private static void CheckOrigins(CorsSpec spec, List<SpecProblem> problems)
    {
        if (spec.AllowOrigins is not { } origins)
        {
            if (spec.AllowCredentials is true)
                problems.Add(new("cors.allowCredentials", "credentials exclude the origin '*', which is the default: name the origins in allowOrigins"));
            return;
        }

        if (origins.Count is 0 or > MaxEntries)
            problems.Add(new("cors.allowOrigins", $"1 to {MaxEntries} origins are needed; to refuse every page set cors.enabled to false and add no CORS headers to examples"));
        for (var index = 0; index < origins.Count && index < MaxEntries; index++)
        {
            var path = $"cors.allowOrigins[{index}]";
            if (!OriginPattern.TryParse(origins[index], out var pattern))
                problems.Add(new(path, OriginPattern.Rule));
            else if (spec.AllowCredentials is true && pattern.IsAny)
                problems.Add(new(path, "credentials exclude the origin '*': name the origins"));
            else if (spec.AllowCredentials is true && pattern.IsOpaque)
                problems.Add(new(path, "credentials exclude the origin 'null', which any sandboxed page has: name the origins"));
        }
    }

    private static void CheckTokens(IReadOnlyList<string>? tokens, string path, string rule, int most, List<SpecProblem> problems)
    {
        if (tokens is null)
            return;
        if (tokens.Count > most)
            problems.Add(new(path, $"at most {most} entries"));
        for (var index = 0; index < tokens.Count && index < most; index++)
        {
            if (tokens[index] is not { Length: <= MaxTokenLength } token || !HttpToken.IsToken(token))
                problems.Add(new($"{path}[{index}]", rule));
        }
    }
}
