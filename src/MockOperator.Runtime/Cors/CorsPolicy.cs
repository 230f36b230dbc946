using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;
using MockOperator.Resources;

namespace MockOperator.Runtime.Cors;

/// <summary>
/// The CORS protocol of one mock (Fetch standard, "CORS protocol"), compiled from its spec: every value that can be known beforehand is. An example's own
/// headers win over these. Nothing that a client sent goes back before it matched a rule, so no response header can be made from outside.
/// Immutable and thread-safe.
/// </summary>
internal sealed class CorsPolicy
{
    private const int MaxMirroredLength = 4096;
    private const string PrivateNetworkRequested = "Access-Control-Request-Private-Network";
    private const string PrivateNetworkAllowed = "Access-Control-Allow-Private-Network";
    private static readonly string[] UsualMethods = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS"];
    private static readonly StringValues Any = "*";
    private static readonly StringValues True = "true";

    private readonly bool _anyOrigin;
    private readonly FrozenSet<string> _origins = FrozenSet<string>.Empty;
    private readonly ImmutableArray<OriginPattern> _patterns = [];
    private readonly bool _credentials;
    private readonly bool _privateNetwork;
    private readonly bool _anyMethod;
    private readonly bool _anyHeader;
    private readonly FrozenSet<string> _methods = FrozenSet<string>.Empty;
    private readonly StringValues _allowMethods;
    private readonly StringValues _allowHeaders;
    private readonly StringValues _exposeHeaders;
    private readonly StringValues _maxAge;
    private readonly StringValues _preflightVary;

    private CorsPolicy() => IsSilent = true;

    private CorsPolicy(CorsSpec spec, AccessDefinition? access)
    {
        var origins = Parse(spec.AllowOrigins);
        _credentials = spec.AllowCredentials is true;
        _anyOrigin = !_credentials && origins.Any(static origin => origin.IsAny);
        _origins = origins.Where(origin => origin.IsExact && !(_credentials && origin.IsOpaque)).Select(static origin => origin.Text).ToFrozenSet(StringComparer.Ordinal);
        _patterns = [.. origins.Where(static origin => origin.Suffix is not null)];
        _privateNetwork = spec.AllowPrivateNetwork is true;

        var methods = Named(spec.AllowMethods ?? ["*"], out _anyMethod);
        if (_anyMethod)
            methods = [.. UsualMethods.Union(methods, StringComparer.Ordinal)];
        _methods = methods.ToFrozenSet(StringComparer.Ordinal);
        _allowMethods = List(methods);

        var headers = Named(spec.AllowHeaders ?? ["*"], out _anyHeader);
        _allowHeaders = _anyHeader ? StringValues.Empty : List([.. headers.Union(KeyHeaders(access), StringComparer.OrdinalIgnoreCase)]);

        var exposed = Named(spec.ExposeHeaders ?? (_credentials ? [] : ["*"]), out var anyExposed);
        _exposeHeaders = anyExposed && !_credentials ? Any : List(exposed);
        var age = DurationText.TryParse(spec.MaxAge, out var given) && given <= CorsRules.LongestMaxAge ? given : CorsRules.DefaultMaxAge;
        _maxAge = ((long)age.TotalSeconds).ToString();
        _preflightVary = List(
        [
            .. _anyOrigin ? Array.Empty<string>() : ["Origin"],
            .. _anyMethod ? ["Access-Control-Request-Method"] : Array.Empty<string>(),
            .. _anyHeader ? ["Access-Control-Request-Headers"] : Array.Empty<string>(),
            .. _privateNetwork ? [PrivateNetworkRequested] : Array.Empty<string>(),
        ]);
    }

    /// <summary>Says nothing: CORS is off, or the ingress controller speaks it.</summary>
    public static CorsPolicy Silent { get; } = new();

    /// <summary>Every origin, method and header, no credentials: what a spec that says nothing means.</summary>
    public static CorsPolicy Default { get; } = new(new CorsSpec(), null);

    /// <summary>Whether nothing is ever said.</summary>
    public bool IsSilent { get; }

    /// <summary>Compiles a policy. What breaks a rule of <see cref="CorsRules"/>, which callers check first, is left out: never more is allowed than was said.</summary>
    /// <param name="spec">The spec; null for the defaults.</param>
    /// <param name="access">How keys arrive: pages may always send the header that carries them.</param>
    public static CorsPolicy Compile(CorsSpec? spec, AccessDefinition? access)
        => spec switch
        {
            null => Default,
            { Enabled: false } or { At: CorsLocation.Ingress } => Silent,
            _ => new CorsPolicy(spec, access),
        };

    /// <summary>Whether a request is a preflight that this policy answers (Fetch standard, "CORS-preflight request").</summary>
    /// <param name="method">Method of the request.</param>
    /// <param name="request">Headers of the request.</param>
    public bool IsPreflight(string method, IHeaderDictionary request)
        => method == "OPTIONS" && !IsSilent && request.Origin.Count > 0 && request.AccessControlRequestMethod.Count > 0;

    /// <summary>Writes the headers of the answer to a preflight.</summary>
    /// <param name="request">Headers of the request.</param>
    /// <param name="response">Headers of the response, without a body.</param>
    /// <returns>False when the origin may not call: then no header allows anything.</returns>
    public bool AnswerPreflight(IHeaderDictionary request, IHeaderDictionary response)
    {
        if (_preflightVary.Count > 0)
            response.Vary = _preflightVary;
        if (!WriteOrigin(request, response))
            return false;

        response.AccessControlAllowMethods = MethodsFor(request.AccessControlRequestMethod);
        var headers = HeadersFor(request.AccessControlRequestHeaders);
        if (headers.Count > 0)
            response.AccessControlAllowHeaders = headers;
        if (_privateNetwork && request.TryGetValue(PrivateNetworkRequested, out var wish) && wish == "true")
            response[PrivateNetworkAllowed] = True;
        response.AccessControlMaxAge = _maxAge;
        return true;
    }

    /// <summary>Adds what an answer other than to a preflight needs, errors included. Allocates nothing unless the response has a <c>Vary</c> of its own.</summary>
    /// <param name="request">Headers of the request.</param>
    /// <param name="response">Headers of the response, complete but for these.</param>
    public void Decorate(IHeaderDictionary request, IHeaderDictionary response)
    {
        if (IsSilent)
            return;

        var readable = true;
        if (response.AccessControlAllowOrigin.Count == 0)
        {
            if (!_anyOrigin)
                response.Vary = WithOrigin(response.Vary);
            readable = WriteOrigin(request, response);
        }

        if (readable && _exposeHeaders.Count > 0 && response.AccessControlExposeHeaders.Count == 0)
            response.AccessControlExposeHeaders = _exposeHeaders;
    }

    private static StringValues WithOrigin(StringValues vary)
    {
        if (vary.Count == 0)
            return "Origin";
        foreach (var value in vary)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (value.AsSpan(range).Trim() is var name && (name is "*" || name.Equals("Origin", StringComparison.OrdinalIgnoreCase)))
                    return vary;
            }
        }

        return StringValues.Concat(vary, "Origin");
    }

    private static IEnumerable<string> KeyHeaders(AccessDefinition? access) => access switch
    {
        { Private: true, Bearer: true } => [access.Header, "Authorization"],
        { Private: true } => [access.Header],
        _ => [],
    };

    private static List<OriginPattern> Parse(IReadOnlyList<string>? origins)
    {
        var patterns = new List<OriginPattern>();
        foreach (var origin in origins ?? ["*"])
        {
            if (OriginPattern.TryParse(origin, out var pattern))
                patterns.Add(pattern);
        }

        return patterns;
    }

    private static string[] Named(IReadOnlyList<string> tokens, out bool any)
    {
        any = tokens.Contains("*", StringComparer.Ordinal);
        return [.. tokens.Where(static token => token is not "*" && HttpToken.IsToken(token)).Distinct(StringComparer.Ordinal)];
    }

    private static StringValues List(string[] tokens) => tokens.Length == 0 ? StringValues.Empty : string.Join(", ", tokens);

    // Fetch standard, "CORS check": '*', or byte for byte the origin that was sent; credentials need the latter.
    private bool WriteOrigin(IHeaderDictionary request, IHeaderDictionary response)
    {
        if (_anyOrigin)
        {
            response.AccessControlAllowOrigin = Any;
            return true;
        }

        if (Allowed(request.Origin) is not { } origin)
            return false;
        response.AccessControlAllowOrigin = origin;
        if (_credentials)
            response.AccessControlAllowCredentials = True;
        return true;
    }

    private string? Allowed(StringValues sent)
    {
        if (sent.Count != 1 || sent[0] is not { } origin)
            return null;
        if (_origins.TryGetValue(origin, out var exact))
            return exact;
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(origin))
                return origin;
        }

        return null;
    }

    private StringValues MethodsFor(StringValues sent)
    {
        if (!_anyMethod || sent.Count != 1 || sent[0] is not { Length: <= 128 } method || _methods.Contains(method) || !HttpToken.IsToken(method))
            return _allowMethods;
        return $"{_allowMethods}, {method}";
    }

    private StringValues HeadersFor(StringValues sent)
    {
        if (!_anyHeader)
            return _allowHeaders;
        var names = sent.ToString();
        return names.Length is > 0 and <= MaxMirroredLength && HttpToken.IsTokenList(names) ? names : StringValues.Empty;
    }
}
