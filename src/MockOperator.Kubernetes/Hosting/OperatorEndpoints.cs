using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MockOperator.Kubernetes.Measuring;
using Prometheus;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>Serves probes and metrics.</summary>
public static class OperatorEndpoints
{
    /// <summary>Maps <c>/livez</c> and <c>/healthz</c>, <c>/readyz</c>, and <c>/metrics</c>, as OpenMetrics for whoever accepts it, else in Prometheus' text format. A probe that fails answers 503 and says why.</summary>
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
            var isOpen = context.Request.Headers.Accept.ToString().Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);
            context.Response.ContentType = isOpen ? PrometheusConstants.OpenMetricsContentType : PrometheusConstants.TextContentType;
            await metrics.Registry.CollectAndExportAsTextAsync(context.Response.Body, isOpen ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText, context.RequestAborted);
        });
        return endpoints;
    }

    private static IResult Answer(IReadOnlyList<string> problems) => problems.Count == 0
        ? Results.Text("ok\n")
        : Results.Text(string.Join('\n', problems) + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
