using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MockOperator.Client.Documents;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Limits;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Serving;

/// <summary>Runs an operation: who asks, how often, and what is said when it does not work.</summary>
internal sealed partial class OperationRunner(PostmanCallers callers, TimeProvider time, ILogger log)
{
    private const long MemoryOfBodies = 256L * 1024 * 1024;

    private readonly RateLimits _limits = new(time);
    private readonly BodyBudget _budget = new(MemoryOfBodies);

    public async Task RunAsync(HttpContext http, Operation operation)
    {
        PrepareHeaders(http.Response.Headers);
        var isBearer = true;
        try
        {
            var key = CallerKeys.Read(http.Request) ?? throw new PostmanException(KnownErrors.MissingKey);
            using var caller = callers.Admit(key) ?? throw new PostmanException(KnownErrors.InvalidKey);
            isBearer = caller.IsBearer;
            var verdict = _limits.Take(caller.Fingerprint, operation.IsDear ? operation.Path : null);
            var now = time.GetUtcNow();
            RateHeaders.Write(http.Response.Headers, verdict, now);
            if (verdict.Refused)
                throw new PostmanException(KnownErrors.RateLimited(verdict.ResetsAt - now));
            await operation.Answer(new ApiCall(http, caller, _budget));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await ErrorWriter.WriteAsync(http, Explain(e, operation, isBearer), operation.BadRequestsAreProblems, operation.NotFoundIsProblem);
        }
        catch (Exception e)
        {
            LogBroken(log, operation.Method, operation.Path, e);
            http.Abort();
        }
    }

    /// <summary>Answers to what is no operation.</summary>
    public static Task RefuseAsync(HttpContext http)
    {
        PrepareHeaders(http.Response.Headers);
        return ErrorWriter.WriteAsync(http, KnownErrors.NoSuchOperation, badRequestsAreProblems: false, notFoundIsProblem: true);
    }

    private PostmanError Explain(Exception failure, Operation operation, bool isBearer)
    {
        switch (failure)
        {
            case PostmanException refused:
                return refused.Error;
            case ApiException { Code: HttpStatusCode.Unauthorized } when !isBearer:
                return KnownErrors.StaleCredentials;
            case ApiException cluster:
                return ClusterErrors.Of(cluster, HttpMethods.IsGet(operation.Method));
            case DocumentException document:
                return KnownErrors.Malformed(document.Message);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new PostmanError(413, "payloadTooLargeError", "Request size limit exceeded");
            case BadHttpRequestException broken:
                return KnownErrors.Malformed($"The request cannot be read: {broken.Message}");
            default:
                LogBroken(log, operation.Method, operation.Path, failure);
                return KnownErrors.Broken("Something went wrong with the server");
        }
    }

    private static void PrepareHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers["X-Content-Type-Options"] = "nosniff";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} of Postman's API failed")]
    private static partial void LogBroken(ILogger log, string method, string path, Exception failure);
}
