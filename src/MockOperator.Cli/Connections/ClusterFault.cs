using System.Net;
using System.Text.RegularExpressions;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Documents;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Connections;
using MockOperator.Kubernetes.Forwarding;

namespace MockOperator.Cli.Connections;

/// <summary>What went wrong between here and the cluster, for the person who asked: what it is and what helps.</summary>
internal static partial class ClusterFault
{
    /// <summary>What is said where the definitions of mocks are missing.</summary>
    public const string NotInstalled = "This cluster knows no mocks: the operator is not installed, or only in part. `kubectl mock install` installs it (docs/getting-started.md).";

    /// <summary>Explains a fault.</summary>
    /// <returns>One or two sentences; null for a fault of the program, which is nobody's to mend but ours.</returns>
    public static string? Explain(Exception fault, ClusterCall call) => Sentence(fault, call) is { } sentence ? $"Error: {Printable.Text(sentence)}" : null;

    /// <summary>Says what is wrong with a kubeconfig, and by which option the command takes what is missing.</summary>
    public static string Sentence(KubeconfigException fault) => fault.Lack switch
    {
        KubeconfigLack.File => "There is no kubeconfig. Name one with --kubeconfig or KUBECONFIG, or write ~/.kube/config as your cluster's provider says.",
        KubeconfigLack.Context => $"{fault.Message} --context names one for this command alone.",
        _ => fault.Message,
    };

    private static string? Sentence(Exception fault, ClusterCall call) => fault switch
    {
        CommandException or DocumentException => fault.Message,
        KubeconfigException e => Sentence(e),
        ApiException { InnerException: KubeconfigException e } => Sentence(e),
        ApiException e => Sentence(e, call),
        _ when PodPortException.In(fault) is { } e => e.Message,
        _ => null,
    };

    private static string Sentence(ApiException e, ClusterCall call) => e.Kind switch
    {
        ApiFailure.Forbidden when e.Code == HttpStatusCode.Unauthorized =>
            $"The API server {call.Cluster.Server} does not know who you are: the credentials of the kubeconfig are wrong or have expired. Log in again as your cluster wants it, then try once more.",
        ApiFailure.Forbidden => Forbidden(e),
        // A kind that is not there has no name in the answer's details; the path alone was not found.
        ApiFailure.NotFound when e.Message.Contains("/mockoperator.dev/", StringComparison.Ordinal) && IsKindMissing(e) => NotInstalled,
        ApiFailure.Unavailable when e.Code == default =>
            $"The API server {call.Cluster.Server} cannot be reached: {Ended(e.Error.Message)} Check the network, or the context (--context).",
        ApiFailure.Unavailable => $"The API server {call.Cluster.Server} cannot serve now ({(int)e.Code}): {Ended(e.Error.Message)} Try again later.",
        ApiFailure.Invalid => $"The API server refuses it: {string.Join("; ", e.Error.Causes.Select(cause => cause.TrimStart(':', ' ')))}.",
        ApiFailure.Conflict => $"{Ended(e.Error.Message)} Somebody changed it meanwhile: look, and try again.",
        ApiFailure.AlreadyExists or ApiFailure.Denied or ApiFailure.Rejected => Ended(e.Error.Message.Length > 0 ? e.Error.Message : e.Message),
        _ => Ended(e.Message),
    };

    private static bool IsKindMissing(ApiException e) =>
        e.Error.Message.Length == 0 || e.Error.Message.Contains("could not find the requested resource", StringComparison.Ordinal) || e.Error.Message.Contains("page not found", StringComparison.Ordinal);

    private static string Forbidden(ApiException e)
    {
        var said = Denial().Match(e.Error.Message);
        if (!said.Success)
            return $"That is forbidden: {Ended(e.Error.Message.Length > 0 ? e.Error.Message : e.Message)}";
        var resource = said.Groups["resource"].Value;
        var whole = said.Groups["group"].Value is { Length: > 0 } group ? $"{resource}.{group}" : resource;
        var where = said.Groups["namespace"].Success ? $"in the namespace {said.Groups["namespace"].Value}" : "in all namespaces";
        return $"{said.Groups["user"].Value} may not {said.Groups["verb"].Value} {resource} {where}. What is missing is the right `{said.Groups["verb"].Value}` on `{whole}` there{(said.Groups["namespace"].Success ? "" : "; name a namespace with -n to ask for less")}.";
    }

    private static string Ended(string sentence) => sentence.TrimEnd() is var text && text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";

    // k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go
    [GeneratedRegex(
        """User "(?<user>[^"]*)" cannot (?<verb>\w+) resource "(?<resource>[^"]*)" in API group "(?<group>[^"]*)" (in the namespace "(?<namespace>[^"]*)"|at the cluster scope)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Denial();
}
