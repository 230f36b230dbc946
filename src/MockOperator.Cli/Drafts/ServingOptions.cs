using System.CommandLine;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Mocks;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>The options of <c>create</c> and <c>edit</c> that say how a mock serves: matching, limits, CORS, Ingress.</summary>
internal sealed class ServingOptions
{
    private readonly Option<string?> _matchBody = new("--match-body") { HelpName = "Ignore|Exact|Subset" };
    private readonly Option<string[]> _matchHeaders = new("--match-header") { HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool?> _matchQuery = Flag("--match-query", "Whether query parameters count; default: true.");
    private readonly Option<bool?> _matchWildcards = Flag("--match-wildcards", "Whether {{variables}} in a path stand for any value; default: true.");
    private readonly Option<bool?> _strict = Flag("--strict", "Take exact paths and wildcards alone, and have every query parameter of an example agree; default: false.");
    private readonly Option<string?> _rateLimit = new("--rate-limit") { HelpName = "CALLS/TIME" };
    private readonly Option<string?> _quota = new("--quota") { HelpName = "CALLS/PERIOD" };
    private readonly Option<string[]> _allowOrigins = new("--allow-origin") { HelpName = "ORIGIN", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool?> _allowCredentials = Flag("--allow-credentials", "Whether these pages may send cookies; takes --allow-origin; default: false.");
    private readonly Option<string[]> _exposeHeaders = new("--expose-header") { HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool?> _cors = Flag("--cors", "Whether CORS is answered at all; default: true.");
    private readonly Option<string?> _ingress = new("--ingress") { HelpName = "HOST" };
    private readonly Option<string?> _ingressPath = new("--ingress-path") { Description = "Path below that host at which the mock is found; default: /.", HelpName = "PATH" };
    private readonly Option<string?> _ingressClass = new("--ingress-class") { Description = "Class of the Ingress; default: that of the cluster.", HelpName = "NAME" };

    /// <summary>Adds them.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isEdit">Whether something may be there already, which <c>none</c> takes away.</param>
    public ServingOptions(Command command, bool isEdit)
    {
        var none = isEdit ? $", or {SettingText.None}" : "";
        _matchBody.Description = "Whether the body of a call must agree with that of the example: Ignore (default), Exact, Subset.";
        _matchHeaders.Description = $"A header that must agree with that of the example; may be repeated{none}.";
        _rateLimit.Description = $"Calls that it answers in a short time: {SettingText.RateLimitForm}{none}.";
        _quota.Description = $"Calls that it answers: {SettingText.QuotaForm}{none}.";
        _allowOrigins.Description = "Pages of this origin may read answers: https://app.example.com, https://*.example.com; may be repeated; default: '*', all.";
        _exposeHeaders.Description = $"A header of answers that pages may read; may be repeated{none}.";
        _ingress.Description = $"Reachable from outside, by an Ingress with this host; an empty one is chosen by the operator{none}.";
        _matchBody.CompletionSources.Add(Enum.GetNames<BodyMatching>());
        foreach (var option in (Option[])[_matchBody, _matchHeaders, _matchQuery, _matchWildcards, _strict, _rateLimit, _quota, _allowOrigins, _allowCredentials, _exposeHeaders, _cors, _ingress, _ingressPath, _ingressClass])
            command.Options.Add(option);
    }

    /// <summary>What they say.</summary>
    /// <returns>The edit; null when they say nothing.</returns>
    /// <exception cref="CommandException">An option cannot be read.</exception>
    public ServingEdit? Read(ParseResult result)
    {
        var matching = new MatchingEdit
        {
            Mode = result.GetValue(_strict) switch { true => MatchingMode.Strict, false => MatchingMode.Postman, null => null },
            Body = result.GetValue(_matchBody) is { } body ? Body(body) : null,
            Headers = Names(result.GetValue(_matchHeaders), _matchHeaders.Name),
            QueryParams = result.GetValue(_matchQuery),
            Wildcards = result.GetValue(_matchWildcards),
        };
        var cors = new CorsEdit
        {
            Enabled = result.GetValue(_cors),
            AllowOrigins = result.GetValue(_allowOrigins) is { Length: > 0 } origins ? origins : null,
            AllowCredentials = result.GetValue(_allowCredentials),
            ExposeHeaders = Names(result.GetValue(_exposeHeaders), _exposeHeaders.Name),
        };
        var edit = new ServingEdit
        {
            Matching = matching == new MatchingEdit() ? null : matching,
            RateLimit = result.GetValue(_rateLimit) switch { null => null, SettingText.None => new RateLimitSpec(), var text => SettingText.RateLimit(text) },
            Quota = result.GetValue(_quota) switch { null => null, SettingText.None => new MockQuotaShorthand(), var text => SettingText.Quota(text) },
            Cors = cors == new CorsEdit() ? null : cors,
            Ingress = Ingress(result),
        };
        return edit == new ServingEdit() ? null : edit;
    }

    private IngressEdit? Ingress(ParseResult result)
    {
        var ingress = new IngressEdit { Host = result.GetValue(_ingress), Path = result.GetValue(_ingressPath), ClassName = result.GetValue(_ingressClass) };
        if (ingress.Host != SettingText.None)
            return ingress == new IngressEdit() ? null : ingress;
        return ingress is { Path: null, ClassName: null }
            ? IngressEdit.None
            : throw new CommandException($"{_ingress.Name} {SettingText.None} takes the Ingress away, so it goes with neither {_ingressPath.Name} nor {_ingressClass.Name}.");
    }

    // As kubectl has it: --flag, --flag=false.
    private static Option<bool?> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    private static BodyMatching Body(string text) => Enum.TryParse<BodyMatching>(text, ignoreCase: true, out var body) && Enum.IsDefined(body) && !char.IsAsciiDigit(text[0])
        ? body
        : throw new CommandException($"'{text}' is no way to match bodies: {string.Join(", ", Enum.GetNames<BodyMatching>())}.");

    private static string[]? Names(string[]? given, string option) => given switch
    {
        null or [] => null,
        [SettingText.None] => [],
        _ when given.Contains(SettingText.None, StringComparer.Ordinal) => throw new CommandException($"{option} {SettingText.None} takes all away: it stands alone."),
        _ => given,
    };
}
