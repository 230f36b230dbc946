using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Description;

namespace MockOperator.PostmanApi.Serving;

/// <summary>
/// Postman's API for mocks, collections, environments and workspaces, over what is in a cluster. It answers at the root of its port, for clients drop a path before theirs; whatever is not one of its
/// operations is answered with 404 in its own form.
/// </summary>
/// <remarks>
/// <para>The application needs routing (<c>AddRoutingCore</c>), and must log no queries: old clients send their key there.</para>
/// <para>Promises: nothing is done but with the rights of the key; bodies, what is remembered of callers, and waits are bounded; no key, token or value of a variable is logged or told in an error.</para>
/// </remarks>
public static class PostmanApiEndpoints
{
    /// <summary>Maps all operations.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="callers">Who may call, and as whom.</param>
    /// <param name="time">The clock of limits.</param>
    /// <param name="log">Where faults of this program go; null for nowhere.</param>
    public static void MapPostmanApi(this IEndpointRouteBuilder endpoints, PostmanCallers callers, TimeProvider? time = null, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(callers);
        var runner = new OperationRunner(callers, time ?? TimeProvider.System, log ?? NullLogger.Instance);
        foreach (var operation in OperationTable.Create())
            endpoints.MapMethods(operation.Path, [operation.Method], http => runner.RunAsync(http, operation));
        endpoints.MapMethods(OpenApiDocument.Path, ["GET"], OpenApiDocument.AnswerAsync);
        endpoints.MapFallback("{*path}", OperationRunner.RefuseAsync);
    }
}
