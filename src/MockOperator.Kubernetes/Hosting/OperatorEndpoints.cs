using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MockOperator.Kubernetes.Measuring;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>Serves probes and metrics.</summary>
public static class OperatorEndpoints
{
    /// <summary>Maps <c>/livez</c> and <c>/healthz</c>, <c>/readyz</c>, and <c>/metrics</c> in Prometheus' text format. A probe that fails answers 503 and says why.</summary>
    /// <param name="endpoints">Where to map.</param>
    /// <returns><paramref name="endpoints"/>.</returns>
    public static IEndpointRouteBuilder MapOperatorEndpoints(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        foreach (var path in new[] { "/livez", "/healthz" })
            endpoints.MapGet(path, (OperatorHealth health) => Answer(health.NotLive()));
        endpoints.MapGet("/readyz", (OperatorHealth health) => Answer(health.NotReady()));
        endpoints.MapGet("/metrics", async (HttpContext context, OperatorMetrics metrics) =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await metrics.Registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
        });
        return endpoints;
    }

    private static IResult Answer(IReadOnlyList<string> problems) => problems.Count == 0
        ? Results.Text("ok\n")
        : Results.Text(string.Join('\n', problems) + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
