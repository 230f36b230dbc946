using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using Prometheus;

namespace MockOperator.Runtime.Administration;

/// <summary>The port for probes and metrics: <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>, GET or HEAD. Metrics come as OpenMetrics to whoever accepts it, else in the text format of Prometheus.</summary>
/// <param name="state">Readiness.</param>
/// <param name="metrics">The metrics.</param>
/// <param name="closedPort">A port that takes no more connections although it should: only a new process helps. Null when there is none.</param>
internal sealed class AdminApplication(RuntimeState state, MockMetrics metrics, Func<int?> closedPort) : IHttpApplication<IFeatureCollection>
{
    private const string OpenMetrics = "application/openmetrics-text";

    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        Stream body = context.GetRequiredFeature<IHttpResponseBodyFeature>().Stream;
        CancellationToken aborted = context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        response.Headers.ContentType = "text/plain; charset=utf-8";
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }

        try
        {
            await AnswerAsync(request, response, body, aborted);
        }
        catch (Exception departure) when (departure is ConnectionResetException or ConnectionAbortedException || (departure is OperationCanceledException && aborted.IsCancellationRequested))
        {
            // Nobody waits for the answer any more.
        }
    }

    /// <inheritdoc/>
    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    private async Task AnswerAsync(IHttpRequestFeature request, IHttpResponseFeature response, Stream body, CancellationToken aborted)
    {
        switch (request.Path)
        {
            case "/healthz" when closedPort() is { } number:
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await WriteAsync(body, $"port {number} takes no more connections\n", aborted);
                break;
            case "/healthz":
                await WriteAsync(body, "ok\n", aborted);
                break;
            case "/readyz" when state.IsReady:
                await WriteAsync(body, "ok\n", aborted);
                break;
            case "/readyz":
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await WriteAsync(body, state.IsDraining ? "draining\n" : "no content is loaded yet\n", aborted);
                break;
            case "/metrics":
                bool isOpen = request.Headers.Accept.ToString().Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase);
                response.Headers.ContentType = isOpen ? PrometheusConstants.OpenMetricsContentType : PrometheusConstants.TextContentType;
                await metrics.WriteAsync(body, isOpen ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText, aborted);
                break;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                await WriteAsync(body, "there are /healthz, /readyz and /metrics\n", aborted);
                break;
        }
    }

    private static Task WriteAsync(Stream body, string text, CancellationToken cancellation) =>
        body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask();
}
