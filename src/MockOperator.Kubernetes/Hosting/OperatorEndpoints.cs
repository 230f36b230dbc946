using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
            endpoints.MapGet(path, static context => AnswerAsync(context, context.RequestServices.GetRequiredService<OperatorHealth>().NotLive()));
        endpoints.MapGet("/readyz", static context => AnswerAsync(context, context.RequestServices.GetRequiredService<OperatorHealth>().NotReady()));
        endpoints.MapGet("/metrics", static async context =>
        {
            var metrics = context.RequestServices.GetRequiredService<OperatorMetrics>();
            var isOpen = context.Request.Headers.Accept.ToString().Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);
            context.Response.ContentType = isOpen ? PrometheusConstants.OpenMetricsContentType : PrometheusConstants.TextContentType;
            await metrics.Registry.CollectAndExportAsTextAsync(context.Response.Body, isOpen ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText, context.RequestAborted);
        });
        return endpoints;
    }

    private static Task AnswerAsync(HttpContext context, IReadOnlyList<string> problems)
    {
        context.Response.StatusCode = problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(problems.Count == 0 ? "ok\n" : string.Join('\n', problems) + "\n", context.RequestAborted);
    }
}
