using MockOperator.Client.Documents;
using MockOperator.Client.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>How a mock serves, as the form of its settings has it: four parts, each with a sentence of what it says now.</summary>
internal sealed record ServingFields
{
    private static readonly char[] Separators = [',', ' ', '\t', '\n'];

    /// <summary>How bodies are compared.</summary>
    public required BodyMatching Body { get; init; }

    /// <summary>Headers that must agree, separated by commas.</summary>
    public required string Headers { get; init; }

    /// <summary>Whether matching is strict.</summary>
    public required bool Strict { get; init; }

    /// <summary>Whether query parameters count.</summary>
    public required bool QueryParams { get; init; }

    /// <summary>Whether variables in paths are wildcards.</summary>
    public required bool Wildcards { get; init; }

    /// <summary>Calls of the rate limit; empty for none.</summary>
    public required string Requests { get; init; }

    /// <summary>Its time.</summary>
    public required string Per { get; init; }

    /// <summary>Calls of the quota; empty for none.</summary>
    public required string Calls { get; init; }

    /// <summary>Its period.</summary>
    public required QuotaPeriod Period { get; init; }

    /// <summary>Whether CORS is answered.</summary>
    public required bool Cors { get; init; }

    /// <summary>Origins, one a line; empty for all.</summary>
    public required string Origins { get; init; }

    /// <summary>Whether pages may send cookies.</summary>
    public required bool Credentials { get; init; }

    /// <summary>Headers of answers that pages may read, separated by commas; empty for the default.</summary>
    public required string ReadableHeaders { get; init; }

    /// <summary>Whether an Ingress leads to it.</summary>
    public required bool Exposed { get; init; }

    /// <summary>Its host; empty for one that the operator chooses.</summary>
    public required string Host { get; init; }

    /// <summary>Its path.</summary>
    public required string Path { get; init; }

    /// <summary>Its class; empty for the cluster's default.</summary>
    public required string ClassName { get; init; }

    /// <summary>How many pods there are; empty while it is paused, when their number is not asked.</summary>
    public required string Pods { get; init; }

    /// <summary>Whether an HTTPRoute of a Gateway leads to it, which is not changed here.</summary>
    public bool HasGateway { get; init; }

    /// <summary>What matching says.</summary>
    public string MatchingNow => Sentence(
        Strict ? "strict" : null,
        Body == BodyMatching.Ignore ? null : Body == BodyMatching.Exact ? "bodies must be equal" : "bodies must have what the example's says",
        Headers.Length == 0 ? null : "headers " + Show.Cut(Headers, 60),
        QueryParams ? null : "query ignored",
        Wildcards ? null : "no wildcards") ?? "as Postman: path and query";

    /// <summary>What the limits say.</summary>
    public string LimitsNow => Sentence(
        Requests.Length == 0 ? null : $"{Show.Cut(Requests, 12)} calls in {(Per.Length == 0 ? "1m" : Show.Cut(Per, 12))}",
        Calls.Length == 0 ? null : $"{Show.Cut(Calls, 14)} calls each {Period.ToString().ToLowerInvariant()}") ?? "none";

    /// <summary>What CORS says.</summary>
    public string CorsNow => !Cors ? "off" : Sentence(Origins.Length == 0 ? null : Show.Cut(string.Join(", ", Words(Origins)), 60), Credentials ? "with cookies" : null, ReadableHeaders.Length == 0 ? null : "pages read " + Show.Cut(ReadableHeaders, 60)) ?? "every page may call";

    /// <summary>What leads to it.</summary>
    public string ExposureNow => !Exposed ? HasGateway ? "by a Gateway" : "inside the cluster" : Host.Length == 0 ? "by an Ingress" : $"{Show.Cut(Host, 60)}{(Path is "" or "/" ? "" : Show.Cut(Path, 40))}";

    /// <summary>Whether matching is another than by default.</summary>
    public bool IsMatchingSet => Strict || Body != BodyMatching.Ignore || Headers.Length > 0 || !QueryParams || !Wildcards;

    /// <summary>Whether there is a limit.</summary>
    public bool AreLimitsSet => Requests.Length > 0 || Calls.Length > 0;

    /// <summary>Whether CORS is another than by default.</summary>
    public bool IsCorsSet => !Cors || Origins.Length > 0 || Credentials || ReadableHeaders.Length > 0;

    /// <summary>What a mock has.</summary>
    public static ServingFields Of(MockServerSpec spec) => new()
    {
        Body = spec.Matching?.Body ?? BodyMatching.Ignore,
        Headers = string.Join(", ", spec.Matching?.Headers ?? []),
        Strict = spec.Matching?.Mode == MatchingMode.Strict,
        QueryParams = spec.Matching?.QueryParams ?? true,
        Wildcards = spec.Matching?.Wildcards ?? true,
        Requests = spec.RateLimit?.Requests?.ToString() ?? "",
        Per = spec.RateLimit?.Per ?? "",
        Calls = spec.Quota?.Calls?.ToString() ?? "",
        Period = spec.Quota?.Period ?? MockQuotaRules.DefaultPeriod,
        Cors = spec.Cors?.Enabled ?? true,
        Origins = string.Join('\n', spec.Cors?.AllowOrigins is null or ["*"] ? [] : spec.Cors.AllowOrigins),
        Credentials = spec.Cors?.AllowCredentials ?? false,
        ReadableHeaders = string.Join(", ", spec.Cors?.ExposeHeaders ?? []),
        Exposed = spec.Ingress is not null,
        Host = spec.Ingress?.Host ?? "",
        Path = spec.Ingress?.Path ?? "/",
        ClassName = spec.Ingress?.ClassName ?? "",
        Pods = spec.Replicas == 0 ? "" : (spec.Replicas ?? 1).ToString(),
        HasGateway = spec.Gateway is not null,
    };

    /// <summary>What was typed; null when the form has no such part, and everything stays as it is.</summary>
    public static ServingFields? Read(Form form, MockServerSpec spec) => !form.Has("serving") ? null : new ServingFields
    {
        Body = Enum.TryParse<BodyMatching>(form["match.body"], out var body) && Enum.IsDefined(body) ? body : BodyMatching.Ignore,
        Headers = form["match.headers"],
        Strict = form.Has("match.strict"),
        QueryParams = form.Has("match.query"),
        Wildcards = form.Has("match.wildcards"),
        Requests = form["rate.calls"],
        Per = form["rate.per"],
        Calls = form["quota.calls"],
        Period = Enum.TryParse<QuotaPeriod>(form["quota.period"], out var period) && Enum.IsDefined(period) ? period : MockQuotaRules.DefaultPeriod,
        Cors = form.Has("cors.enabled"),
        Origins = form["cors.origins"],
        Credentials = form.Has("cors.credentials"),
        ReadableHeaders = form["cors.readable"],
        Exposed = form.Has("ingress"),
        Host = form["ingress.host"],
        Path = form["ingress.path"],
        ClassName = form["ingress.class"],
        Pods = spec.Replicas == 0 ? "" : form["pods"],
        HasGateway = spec.Gateway is not null,
    };

    /// <summary>The edit that it stands for.</summary>
    /// <exception cref="DocumentException">A number is none.</exception>
    public ServingEdit ToEdit() => new()
    {
        Matching = new MatchingEdit
        {
            Body = Body,
            Headers = Words(Headers),
            Mode = Strict ? MatchingMode.Strict : MatchingMode.Postman,
            QueryParams = QueryParams,
            Wildcards = Wildcards,
        },
        RateLimit = Requests.Length == 0 ? new RateLimitSpec() : new RateLimitSpec { Requests = Number(Requests, "Rate limit"), Per = Per.Length == 0 ? null : Per },
        Quota = Calls.Length == 0 ? new MockQuotaShorthand() : new MockQuotaShorthand { Calls = Number(Calls, "Quota"), Period = Period },
        Cors = new CorsEdit { Enabled = Cors, AllowOrigins = Words(Origins), AllowCredentials = Credentials, ExposeHeaders = Words(ReadableHeaders) },
        Ingress = Exposed ? new IngressEdit { Host = Host, Path = Path, ClassName = ClassName } : IngressEdit.None,
    };

    /// <summary>How many pods it is to have; null for as many as there are.</summary>
    /// <exception cref="DocumentException">It is no number of pods.</exception>
    public int? Replicas() => Pods.Length == 0 ? null
        : int.TryParse(Pods, System.Globalization.NumberStyles.None, null, out var number) && number is >= 1 and <= MockServerRules.MostReplicas ? number
        : throw new DocumentException($"Pods: '{Show.Cut(Pods, 40)}' is no number from 1 to {MockServerRules.MostReplicas}. Pause takes all away.");

    private static string[] Words(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static long Number(string text, string name) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, null, out var number) ? number : throw new DocumentException($"{name}: '{Show.Cut(text, 40)}' is no number of calls.");

    private static string? Sentence(params ReadOnlySpan<string?> parts)
    {
        var said = string.Join(", ", parts.ToArray().Where(static part => part is not null));
        return said.Length == 0 ? null : said;
    }
}
