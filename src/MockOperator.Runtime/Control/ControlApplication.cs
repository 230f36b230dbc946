using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Control;

/// <summary>
/// The port that the operator talks to. <c>GET /control/v1/revision?wait=REVISION&amp;timeoutSeconds=30</c> answers which revision is served: at once without
/// <c>wait</c>, else when that revision is served or cannot be, at the latest when the time is up. <c>PUT /control/v1/bundle</c> hands in a bundle ahead of the
/// mounted files (<see cref="BundleTransfer"/>) and answers the same when it is served or cannot be. <c>POST /control/v1/quotas</c> brings grants and is answered with what the pod used (<see cref="QuotaExchange"/>). The token is judged before anything of a body is read.
/// </summary>
internal sealed class ControlApplication(BundleFollower follower, MockDirectory mocks, TimeProvider time) : IHttpApplication<IFeatureCollection>
{
    private const string RevisionPath = "/control/v1/revision";
    private const int MaxWaitSeconds = 30;

    // The API server's proxy, by which an operator outside the cluster comes, keeps Authorization for itself.
    private const string ForwardedAuthorization = "X-Mock-Control-Authorization";

    private readonly BundleStatus _status = follower.Status;
    private readonly BundleDesk _desk = new(follower.Pushes, time);
    private readonly QuotaDesk _quotas = new(mocks, time);

    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        CancellationToken aborted = context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        StringValues authorization = request.Headers.Authorization.Count > 0 ? request.Headers.Authorization : request.Headers[ForwardedAuthorization];
        if (!ControlToken.Opens(authorization, _status.Current.ControlTokenHash))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = "Bearer";
            return;
        }

        bool isPush = request.Path == BundleTransfer.Path && HttpMethods.IsPut(request.Method);
        bool isExchange = request.Path == QuotaExchange.Path && HttpMethods.IsPost(request.Method);
        if (!isPush && !isExchange && (request.Path != RevisionPath || !HttpMethods.IsGet(request.Method)))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            if (isExchange)
            {
                await ExchangeAsync(context, response, aborted);
                return;
            }

            Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(request.QueryString);
            BundleState state;
            if (isPush)
            {
                PushRefusal? refusal = await _desk.ReceiveAsync(context, query, aborted);
                response.StatusCode = refusal?.Status ?? StatusCodes.Status200OK;
                state = refusal is null ? _status.Current : _status.Current with { Problem = refusal.Problem };
            }
            else
            {
                state = await FindStateAsync(query, aborted);
            }

            response.Headers.ContentType = "application/json";
            await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(Json(state), aborted);
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

    private async Task ExchangeAsync(IFeatureCollection context, IHttpResponseFeature response, CancellationToken aborted)
    {
        (QuotaReport? report, CallMeter? meter, ControlProblem? problem) = await _quotas.ExchangeAsync(context, aborted);
        response.StatusCode = problem?.Status ?? StatusCodes.Status200OK;
        response.Headers.ContentType = "application/json";
        ReadOnlyMemory<byte> body = report is null ? Json(problem!) : JsonSerializer.SerializeToUtf8Bytes(report, RuntimeJson.Default.QuotaReport);
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body, aborted);
        if (report is not null)
        {
            meter!.Sent(report);
        }
    }

    private static ReadOnlyMemory<byte> Json(ControlProblem problem)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("problem", problem.Problem);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Json(BundleState state)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("revision", state.Revision ?? "");
            json.WriteNumber("examples", state.Examples);
            json.WriteString("problem", state.Problem ?? state.KeyProblem);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private Task<BundleState> FindStateAsync(Dictionary<string, StringValues> query, CancellationToken cancellation)
    {
        string? wanted = query.GetValueOrDefault("wait");
        if (string.IsNullOrEmpty(wanted))
        {
            return Task.FromResult(_status.Current);
        }

        int seconds = int.TryParse(query.GetValueOrDefault("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked)
            ? Math.Clamp(asked, 0, MaxWaitSeconds)
            : MaxWaitSeconds;
        return _status.WaitAsync(wanted, TimeSpan.FromSeconds(seconds), time, cancellation);
    }
}
