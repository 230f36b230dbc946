using System.Net;
using System.Text.RegularExpressions;
using MockOperator.Client.Documents;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Pages;

/// <summary>Something that went wrong, for the person in front of the page: what it is and what helps.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Message">In one or two sentences.</param>
internal sealed partial record Fault(int Status, string Title, string Message)
{
    /// <summary>Whether the API server does not know the caller: a token that is wrong or over.</summary>
    public bool IsUnknownCaller { get; init; }

    /// <summary>Explains a fault; null for one of the program.</summary>
    public static Fault? Of(Exception fault) => fault switch
    {
        DocumentException => new Fault(422, "That cannot be used", fault.Message),
        ApiException e => Of(e),
        FormFault => new Fault(((FormFault)fault).Status, "The form could not be read", fault.Message),
        BadHttpRequestException e => new Fault(e.StatusCode, "The request could not be read", "It was broken off, came too slowly, or is larger than anything that is sent here. Nothing was done; send it again."),
        FormatException => new Fault(400, "The address is not right", fault.Message),
        _ => null,
    };

    /// <summary>A fault of the program.</summary>
    public static Fault OfProgram { get; } = new(500, "Something is wrong with the dashboard itself", "This page could not be made, and the reason is in its log. What you did before is not undone by it.");

    private static Fault Of(ApiException e) => e.Kind switch
    {
        ApiFailure.Forbidden when e.Code == HttpStatusCode.Unauthorized =>
            new Fault(401, "Your session is over", "The API server does not know your token any more: it has expired or was withdrawn.") { IsUnknownCaller = true },
        ApiFailure.Forbidden => new Fault(403, "You may not do that", Denied(e)),
        ApiFailure.NotFound when IsKindMissing(e) =>
            new Fault(404, "This cluster knows no mock servers", "The operator is not installed here, or only in part. `kubectl mock install` installs it."),
        ApiFailure.NotFound => new Fault(404, "It is not there", $"{Ended(Said(e))} It may have been deleted, or is in another namespace."),
        ApiFailure.AlreadyExists => new Fault(409, "The name is taken", $"{Ended(Said(e))} Choose another name."),
        ApiFailure.Conflict => new Fault(409, "Somebody changed it meanwhile", $"{Ended(Said(e))} Look at it again, and repeat your change."),
        ApiFailure.Invalid => new Fault(422, "The API server refuses it", $"{string.Join("; ", e.Error.Causes.Select(cause => cause.TrimStart(':', ' ')))}."),
        ApiFailure.Denied => new Fault(403, "A policy of the cluster refuses it", Ended(Said(e))),
        ApiFailure.Rejected => new Fault(422, "The API server refuses it", Ended(Said(e))),
        ApiFailure.Unavailable => new Fault(503, "The API server cannot be reached", $"{Ended(Said(e))} Nothing was changed here; try again in a moment."),
        ApiFailure.Expired => new Fault(410, "The list is too old", "Begin again at its first page."),
        _ => new Fault(502, "The API server gave an answer that is not understood", Ended(Said(e))),
    };

    private static string Denied(ApiException e)
    {
        var said = Denial().Match(e.Error.Message);
        if (!said.Success)
            return Ended(Said(e));
        var (verb, resource) = (said.Groups["verb"].Value, said.Groups["resource"].Value);
        var whole = said.Groups["group"].Value is { Length: > 0 } group ? $"{resource}.{group}" : resource;
        return said.Groups["namespace"] is { Success: true } place
            ? $"{said.Groups["user"].Value} may not {verb} {resource} in the namespace {place.Value}. What is missing is the right `{verb}` on `{whole}` there: whoever keeps the namespace can give it."
            : $"{said.Groups["user"].Value} may not {verb} {resource} in all namespaces. Choose one namespace above, or ask for the right `{verb}` on `{whole}` in the whole cluster.";
    }

    private static bool IsKindMissing(ApiException e) =>
        e.Message.Contains("/mockoperator.dev/", StringComparison.Ordinal)
        && (e.Error.Message.Length == 0 || e.Error.Message.Contains("could not find the requested resource", StringComparison.Ordinal) || e.Error.Message.Contains("page not found", StringComparison.Ordinal));

    private static string Said(ApiException e) => e.Error.Message.Length > 0 ? e.Error.Message : e.Message;

    private static string Ended(string sentence) => sentence.TrimEnd() is var text && text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";

    // k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go
    [GeneratedRegex(
        """User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<resource>[^"]*)" in API group "(?<group>[^"]*)" (in the namespace "(?<namespace>[^"]*)"|at the cluster scope)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Denial();
}
