using System.Net;
using System.Net.Http.Headers;
using MockOperator.Kubernetes.Connections;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace MockOperator.Kubernetes.Client;

/// <summary>Sends a request with time-out and retries, and turns every failure into an <see cref="ApiException"/>.</summary>
/// <remarks>
/// Retried: 429 always (the server did nothing); for idempotent requests also 502, 503, 504, 500 with <c>Retry-After</c>, broken connections and time-outs.
/// The server's <c>Retry-After</c> is honoured up to a bound; otherwise waits double with jitter.
/// </remarks>
internal sealed class ApiCaller
{
    private static readonly ResiliencePropertyKey<bool> Idempotent = new("idempotent");

    private readonly ApiTransport _transport;
    private readonly TransportLane _lane;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public ApiCaller(ApiTransport transport, ResourceClientOptions options, TimeProvider time)
    {
        _transport = transport;
        _lane = options.Lane;
        _time = time;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstRetryDelay,
                MaxDelay = options.LongestRetryDelay,
                Randomizer = options.Random.NextDouble,
                ShouldHandle = attempt => ValueTask.FromResult(MayRetry(attempt.Outcome, attempt.Context)),
                DelayGenerator = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result is { } answer && RetryAfter(answer.Headers) is { } wait
                        ? (TimeSpan?)(wait < options.LongestRetryDelay ? wait : options.LongestRetryDelay)
                        : null),
                OnRetry = attempt =>
                {
                    attempt.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            });
        }

        _pipeline = builder.AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout }).Build();
    }

    /// <summary>The body of a good answer.</summary>
    /// <exception cref="ApiException">The answer is not good, or none came.</exception>
    public Task<byte[]> SendAsync(ApiRequest request, CancellationToken cancellationToken) => RunAsync(request, BodyAsync, cancellationToken);

    /// <summary>What is read of a good answer while it arrives. One that breaks off is asked for again, and reading begins anew.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads a body, of at most <see cref="ApiTransport.LongestAnswer"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">The answer is not good, or none came.</exception>
    public Task<T> ReadAsync<T>(ApiRequest request, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        RunAsync(
            request,
            async (content, ends) =>
            {
                await using var body = new BoundedStream(await content.ReadAsStreamAsync(ends), ApiTransport.LongestAnswer);
                return await read(body, ends);
            },
            cancellationToken);

    internal static TimeSpan? RetryAfter(HttpResponseHeaders headers) =>
        headers.RetryAfter?.Delta ?? (headers.RetryAfter?.Date is { } date && headers.Date is { } now && date > now ? date - now : null);

    internal static ApiException Failure(ApiRequest request, HttpResponseMessage answer, ReadOnlyMemory<byte> body)
    {
        var error = ApiError.Read(body, answer.StatusCode);
        error = error with { Code = answer.StatusCode, RetryAfter = RetryAfter(answer.Headers) ?? error.RetryAfter };
        if (request.Kind is { Group: "", Kind: "Secret" })
            error = error.WithoutText();

        var message = $"{request.Method} {PathOnly(request)}: {(int)error.Code} {error.Reason}{(error.Message.Length > 0 ? ": " : "")}{error.Message}";
        return new ApiException(message, error);
    }

    private async Task<T> RunAsync<T>(ApiRequest request, Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Idempotent, request.Idempotent);
        T? result = default;
        byte[] refusal = [];
        try
        {
            using var answer = await _pipeline.ExecuteAsync(
                async attempt =>
                {
                    var answer = await _transport.BeginAsync(_lane, request.ToMessage(), attempt.CancellationToken);
                    try
                    {
                        if (answer.IsSuccessStatusCode)
                            result = await read(answer.Content, attempt.CancellationToken);
                        else
                            refusal = await BodyAsync(answer.Content, attempt.CancellationToken);
                        return answer;
                    }
                    catch
                    {
                        answer.Dispose();
                        throw;
                    }
                },
                context);
            return answer.IsSuccessStatusCode ? result! : throw Failure(request, answer, refusal);
        }
        catch (Exception e) when (IsTransportFault(e) && !cancellationToken.IsCancellationRequested)
        {
            var why = e is TimeoutRejectedException ? "no answer in time" : e.Message;
            throw new ApiException($"{request.Method} {PathOnly(request)}: {why}", ApiError.NoAnswer(why), e);
        }
        catch (KubeconfigException e)
        {
            // Only a credential plugin is asked again after the start. It is not retried here: it may ask people.
            throw new ApiException($"{request.Method} {PathOnly(request)}: {e.Message}", ApiError.NoAnswer(e.Message), e);
        }
        catch (InvalidDataException e)
        {
            throw new ApiException($"{request.Method} {PathOnly(request)}: {e.Message}", new ApiError(HttpStatusCode.OK, "Unreadable", ""), e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async Task<byte[]> BodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(ApiTransport.LongestAnswer, cancellationToken);
        return await content.ReadAsByteArrayAsync(cancellationToken);
    }

    internal static bool IsTransportFault(Exception e) => e is HttpRequestException or IOException or TimeoutRejectedException or OperationCanceledException;

    private static bool MayRetry(Outcome<HttpResponseMessage> outcome, ResilienceContext context)
    {
        if (context.CancellationToken.IsCancellationRequested)
            return false;
        var idempotent = context.Properties.GetValue(Idempotent, false);
        if (outcome.Exception is { } fault)
            return idempotent && IsTransportFault(fault);
        return outcome.Result!.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => true,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => idempotent,
            HttpStatusCode.InternalServerError => idempotent && outcome.Result.Headers.RetryAfter is not null,
            _ => false,
        };
    }

    private static string PathOnly(ApiRequest request)
    {
        var query = request.Path.IndexOf('?', StringComparison.Ordinal);
        return "/" + (query < 0 ? request.Path : request.Path[..query]);
    }
}
