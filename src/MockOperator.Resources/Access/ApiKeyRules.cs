namespace MockOperator.Resources;

/// <summary>What an <see cref="ApiKeysSpec"/> must satisfy, and its defaults.</summary>
public static class ApiKeyRules
{
    /// <summary>The request header that carries the key when nothing is said.</summary>
    public const string DefaultHeader = "x-api-key";

    /// <summary>Keys of a mock that metrics count by name: the first of them, in the order of their names.</summary>
    public const int MostCounted = 100;

    /// <summary>What metrics call the keys that are not counted by name, all together.</summary>
    public const string OtherKeys = "(others)";

    // Headers that the protocol itself, or the choice of a mock or an example, needs: taking one of them away would break more than access.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept-encoding", "authorization", "connection", "content-length", "content-type", "expect", "host", "origin", "te", "trailer", "transfer-encoding", "upgrade",
        "access-control-request-method", "access-control-request-headers",
    };

    private const string TakesBearer = "to take keys from Authorization set apiKeys.bearer to true";

    /// <summary>What is checked here, in CEL.</summary>
    public static IEnumerable<CelRule> Cel =>
    [
        new(".spec.apiKeys.header", "self.lowerAscii() != 'authorization'", TakesBearer),
        new(
            ".spec.apiKeys.header",
            "!(self.lowerAscii() in ['accept-encoding', 'connection', 'content-length', 'content-type', 'expect', 'host', 'origin', 'te', 'trailer', 'transfer-encoding', 'upgrade', "
                + "'access-control-request-method', 'access-control-request-headers']) && !self.lowerAscii().startsWith('x-mock-')",
            "this header has a meaning of its own in a request: name another one, such as x-api-key"),
    ];

    /// <summary>Checks what a bundle says of access.</summary>
    /// <param name="access">The definition; null is right.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(AccessDefinition? access) => access is null ? [] : Check(new ApiKeysSpec { Header = access.Header });

    /// <summary>Checks a spec.</summary>
    /// <param name="spec">The spec; null is the default and right.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<SpecProblem> Check(ApiKeysSpec? spec)
    {
        var problems = new List<SpecProblem>();
        if (spec?.Header is { } header)
        {
            if (header.Length > 64 || !HttpToken.IsToken(header))
                problems.Add(new("apiKeys.header", "a header name is an HTTP token of at most 64 characters such as x-api-key"));
            else if (string.Equals(header, "authorization", StringComparison.OrdinalIgnoreCase))
                problems.Add(new("apiKeys.header", TakesBearer));
            else if (Reserved.Contains(header) || header.StartsWith("x-mock-", StringComparison.OrdinalIgnoreCase))
                problems.Add(new("apiKeys.header", $"'{header}' has a meaning of its own in a request: name another header, such as x-api-key"));
        }

        if (spec?.SecretRef is { Name.Length: 0 })
            problems.Add(new("apiKeys.secretRef.name", "the name of a Secret of this namespace is needed"));
        return problems;
    }
}
