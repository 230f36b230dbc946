using System.Diagnostics.CodeAnalysis;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>
/// CORS rules with every default written out, as controllers need them that cannot look at what a preflight asks for. What depends on the request
/// cannot be written out, and is refused.
/// </summary>
/// <param name="Origins">The origins; a single <c>*</c> for all.</param>
/// <param name="Methods">The methods.</param>
/// <param name="Headers">The request headers.</param>
/// <param name="Exposed">The exposed response headers; may be a single <c>*</c>.</param>
/// <param name="Credentials">Whether credentials are allowed.</param>
/// <param name="MaxAge">Seconds.</param>
public sealed record ExplicitCors(
    IReadOnlyList<OriginPattern> Origins,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Headers,
    IReadOnlyList<string> Exposed,
    bool Credentials,
    long MaxAge)
{
    private static readonly string[] UsualMethods = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS"];

    /// <summary>Whether every origin is allowed.</summary>
    public bool AnyOrigin => Origins.Any(static origin => origin.IsAny);

    /// <summary>Writes the rules out.</summary>
    /// <param name="spec">The rules, which are right by <see cref="CorsRules"/>.</param>
    /// <param name="access">How keys arrive, or null.</param>
    /// <param name="rules">The rules written out.</param>
    /// <param name="problem">What no ingress controller can express.</param>
    /// <returns>Whether they can be written out.</returns>
    public static bool TryExpand(CorsSpec spec, AccessDefinition? access, [NotNullWhen(true)] out ExplicitCors? rules, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(spec);
        rules = null;
        problem = null;
        if (spec.AllowHeaders is not { } headers || headers.Contains("*", StringComparer.Ordinal))
            problem = "an ingress controller cannot allow the headers that a preflight asks for: name them in cors.allowHeaders, or set cors.at to Runtime";
        else if (spec.AllowPrivateNetwork is true)
            problem = "no ingress controller answers for private networks: leave cors.allowPrivateNetwork out, or set cors.at to Runtime";
        else
            rules = Expand(spec, headers, access);
        return rules is not null;
    }

    private static ExplicitCors Expand(CorsSpec spec, IReadOnlyList<string> headers, AccessDefinition? access)
    {
        var origins = new List<OriginPattern>();
        foreach (string origin in spec.AllowOrigins ?? ["*"])
        {
            if (OriginPattern.TryParse(origin, out OriginPattern? pattern))
                origins.Add(pattern);
        }

        IEnumerable<string> methods = spec.AllowMethods ?? ["*"];
        if (methods.Contains("*", StringComparer.Ordinal))
            methods = UsualMethods.Union(methods.Where(static method => method != "*"), StringComparer.Ordinal);
        IEnumerable<string> keys = access is { Private: true } ? access.Bearer ? [access.Header, "Authorization"] : [access.Header] : [];
        TimeSpan age = DurationText.TryParse(spec.MaxAge, out TimeSpan given) ? given : CorsRules.DefaultMaxAge;
        bool credentials = spec.AllowCredentials is true;
        return new ExplicitCors(
            origins,
            [.. methods],
            [.. headers.Union(keys, StringComparer.OrdinalIgnoreCase)],
            spec.ExposeHeaders ?? (credentials ? [] : ["*"]),
            credentials,
            (long)age.TotalSeconds);
    }
}
