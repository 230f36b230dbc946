using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>
/// Renders CORS rules as the CORS filter of an HTTPRoute (GEP-1767), or says why it cannot express them. The bounds are those of the schema of
/// Gateway API v1.5, the first whose standard channel has the filter.
/// </summary>
public static class CorsAtGateway
{
    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    /// <summary>Renders the rules.</summary>
    /// <param name="rules">The rules, written out.</param>
    /// <param name="filter">The <c>cors</c> of the filter.</param>
    /// <param name="problem">Why the filter cannot express them.</param>
    /// <returns>Whether it can.</returns>
    public static bool TryRender(ExplicitCors rules, [NotNullWhen(true)] out JsonObject? filter, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(rules);
        problem = Refuse(rules) is { } why ? $"the CORS filter of the Gateway API {why}. Set cors.at to Runtime, which works behind every Gateway" : null;
        filter = problem is null ? Filter(rules) : null;
        return filter is not null;
    }

    private static string? Refuse(ExplicitCors rules)
    {
        if (!rules.AnyOrigin && rules.Origins.FirstOrDefault(static origin => !IsTaken(origin)) is { } origin)
            return $"does not take the origin '{origin.Text}'";
        if (rules.Methods.FirstOrDefault(static method => !s_methods.Contains(method, StringComparer.Ordinal)) is { } method)
            return $"does not take the method '{method}'";
        return rules.MaxAge < 1 ? "has no cors.maxAge below 1s" : null;
    }

    // http and https, letters, digits and '-' in the labels, and a wildcard only as the whole first label, where it stands for one label or more as ours does.
    private static bool IsTaken(OriginPattern origin)
        => (origin.Text.StartsWith("http://", StringComparison.Ordinal) || origin.Text.StartsWith("https://", StringComparison.Ordinal))
            && origin.Text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':' or '/' or '*')
            && (origin.Suffix is null || origin.SpansLabels);

    // The lists are sets to the API server, which refuses an entry that comes twice. Credentials that are not allowed are left out: v1.3 takes nothing but true.
    private static JsonObject Filter(ExplicitCors rules)
    {
        var filter = new JsonObject { ["allowOrigins"] = List(rules.AnyOrigin ? ["*"] : rules.Origins.Select(static origin => origin.Text)) };
        if (rules.Methods.Count > 0)
            filter["allowMethods"] = List(rules.Methods);
        if (rules.Headers.Count > 0)
            filter["allowHeaders"] = List(rules.Headers);
        if (rules.Exposed.Count > 0)
            filter["exposeHeaders"] = List(rules.Exposed);
        if (rules.Credentials)
            filter["allowCredentials"] = true;
        filter["maxAge"] = rules.MaxAge;
        return filter;
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Distinct(StringComparer.Ordinal).Select(static value => JsonValue.Create(value))]);
}
