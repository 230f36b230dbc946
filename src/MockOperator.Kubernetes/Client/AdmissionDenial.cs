using System.Net;

namespace MockOperator.Kubernetes.Client;

/// <summary>
/// Tells a denial of the cluster's admission from a refusal of the API server itself. Policies choose code and reason freely, up to the 422 and <c>Invalid</c> of the
/// server's validation (a ValidatingAdmissionPolicy's default) and a 400 (a webhook's); only the words in front of theirs are the server's.
/// </summary>
internal static class AdmissionDenial
{
    // k8s.io/apiserver, pkg/admission/plugin/webhook/errors: statuserror.go
    private const string Webhook = "admission webhook \"";

    // k8s.io/apiserver, pkg/admission/plugin/policy/validating: dispatcher.go, made of NewForbidden whatever the code is.
    private const string Policy = " is forbidden: ValidatingAdmissionPolicy '";

    // k8s.io/apimachinery, pkg/api/errors: NewForbidden, which quotas, Pod Security and limit ranges use as well as the authorizer.
    private const string Refused = " is forbidden: ";

    /// <summary>Whether admission denied the request.</summary>
    public static bool Is(ApiError error) =>
        (error.Message.StartsWith(Webhook, StringComparison.Ordinal) && error.Message.Contains("denied the request", StringComparison.Ordinal))
        || error.Message.Contains(Policy, StringComparison.Ordinal)
        || (error.Code == HttpStatusCode.Forbidden && error.Message.Contains(Refused, StringComparison.Ordinal) && !IsOfAuthorizer(error.Message));

    // "… is forbidden: User "u" cannot patch resource …"
    private static bool IsOfAuthorizer(string message) =>
        message.Contains(Refused + "User \"", StringComparison.Ordinal) && message.Contains("\" cannot ", StringComparison.Ordinal);
}
