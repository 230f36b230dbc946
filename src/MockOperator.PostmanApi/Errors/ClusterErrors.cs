using System.Net;
using MockOperator.Kubernetes.Client;

namespace MockOperator.PostmanApi.Errors;

/// <summary>What Postman's API says where the API server refuses or is away.</summary>
internal static class ClusterErrors
{
    /// <summary>Translates a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="isRead">Whether the request changes nothing. Of one that does, clients must not be told to try again: nobody knows what became of it.</param>
    public static PostmanError Of(ApiException failure, bool isRead) => failure.Kind switch
    {
        ApiFailure.Forbidden when failure.Code == HttpStatusCode.Unauthorized => KnownErrors.InvalidKey,
        ApiFailure.Forbidden or ApiFailure.Denied => KnownErrors.Forbidden(Text(failure)),
        ApiFailure.NotFound => new PostmanError(404, "instanceNotFoundError", Text(failure)),
        ApiFailure.AlreadyExists => new PostmanError(409, "instanceFoundError", Text(failure)),
        ApiFailure.Conflict => KnownErrors.Conflict($"It changed at the same time: read it again and repeat the request. {Text(failure)}"),
        ApiFailure.Invalid or ApiFailure.Rejected => KnownErrors.Malformed(Text(failure)),
        ApiFailure.Unavailable or ApiFailure.Expired when isRead => KnownErrors.Away($"The API server of the cluster cannot serve the request now. {Text(failure)}"),
        ApiFailure.Unavailable => KnownErrors.Broken($"The API server of the cluster gave no answer that tells what became of the request: look before it is repeated. {Text(failure)}"),
        _ => KnownErrors.Broken($"The API server of the cluster answered what is not understood. {Text(failure)}"),
    };

    private static string Text(ApiException failure) => failure.Error.Message.Length > 0 ? failure.Error.Message : failure.Reason;
}
