using System.Net;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Forwarding;
using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>Asks one pod for its calls. Every wait and every answer is bounded, and everything that goes wrong is a <see cref="SilenceException"/>.</summary>
internal sealed class PodCalls : IDisposable
{
    /// <summary>Longest page with more than one call: a longer one is asked for in smaller pieces.</summary>
    public const int LongestPage = 4 * 1024 * 1024;

    /// <summary>Longest call with everything.</summary>
    public const int LongestCall = 16 * 1024 * 1024;

    /// <summary>Longest body: a quarter of what a pod may remember at most.</summary>
    public const int LongestBody = 64 * 1024 * 1024;

    private const int LongestError = 64 * 1024;
    private const int Connections = 16;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;

    public PodCalls(ApiTransport transport, ObjectKey pod, TimeProvider time, TimeSpan patience)
    {
        Name = pod.Name;
        _time = time;
        _patience = patience;
        // The runtime answers to no other name: a page of the web must not reach it by a name of its own that leads there.
        _http = new HttpClient(new PodPortHandler(new PodPort(transport, pod, CallsPort.Number, time), Connections))
        {
            BaseAddress = new Uri($"http://localhost:{CallsPort.Number}"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Name of the pod.</summary>
    public string Name { get; }

    /// <summary>Reads a page.</summary>
    /// <param name="filter">Which calls.</param>
    /// <param name="limit">Most calls, 1 to <see cref="CallsPort.MostOfPage"/>. Fewer may come because they are long.</param>
    /// <param name="cursor">Where the page begins; null for the newest.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<CallPage> ReadPageAsync(CallFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        while (true)
        {
            var query = filter.ToQuery();
            CallFilter.Append(query, CallsPort.Limit, limit.ToString());
            CallFilter.Append(query, CallsPort.Cursor, cursor);
            try
            {
                var answer = await AskAsync(HttpMethod.Get, $"{CallsPort.Path}?{query}", limit > 1 ? LongestPage : LongestCall, cancellationToken);
                return CallReading.Page((answer ?? throw NoCalls()).Bytes.Span);
            }
            catch (SilenceException e) when (e.Reason == Silence.TooLong && limit > 1)
            {
                limit = Math.Max(1, limit / 8);
            }
        }
    }

    /// <summary>The call with everything; null when the pod does not remember it.</summary>
    public async Task<MockCall?> FindAsync(string id, CancellationToken cancellationToken) =>
        await AskAsync(HttpMethod.Get, Path(id), LongestCall, cancellationToken) is { } answer ? CallReading.Call(answer.Bytes.Span) : null;

    /// <summary>The bytes of a body; null when the pod does not remember the call.</summary>
    public Task<BodyBytes?> ReadBodyAsync(string id, CallSide side, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, $"{Path(id)}/{(side == CallSide.Request ? "request-body" : "response-body")}", LongestBody, cancellationToken);

    /// <summary>Has the pod forget all calls.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync(HttpMethod.Delete, CallsPort.Path, LongestError, cancellationToken) is null)
            throw NoCalls();
    }

    /// <summary>Has the pod forget a call; false when it does not remember it.</summary>
    public async Task<bool> ForgetAsync(string id, CancellationToken cancellationToken) =>
        await AskAsync(HttpMethod.Delete, Path(id), LongestError, cancellationToken) is not null;

    /// <summary>Opens the stream of the calls to come, and those that it was told of since <paramref name="lastEventId"/>.</summary>
    public Task<HttpResponseMessage> OpenStreamAsync(CallFilter filter, string? lastEventId, CancellationToken cancellationToken) =>
        InTimeAsync(
            async ends =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"{CallsPort.StreamPath}?{filter.ToQuery()}");
                request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
                if (lastEventId is not null)
                    request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
                var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ends);
                if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
                    return answer;
                using (answer)
                    throw answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotFound ? NoCalls() : await RefusalAsync(answer, ends);
            },
            cancellationToken);

    /// <summary>What happened, if it is one of the things that happen to connections. Not to be asked when the caller gave up.</summary>
    public static SilenceException? Explain(Exception e) => e switch
    {
        SilenceException silence => silence,
        _ when PodPortException.In(e) is { } failure => SilenceException.Of(failure),
        HttpRequestException or IOException => new SilenceException(Silence.Unreachable, $"The connection broke: {e.Message}", e),
        ObjectDisposedException or OperationCanceledException => new SilenceException(Silence.Gone, "The connections to the pod were closed.", e),
        _ => null,
    };

    public void Dispose() => _http.Dispose();

    private static string Path(string id) => $"{CallsPort.Path}/{Uri.EscapeDataString(id)}";

    private static SilenceException NoCalls() => new(Silence.Unreadable, $"What listens on port {CallsPort.Number} of the pod knows nothing of calls.");

    /// <summary>The body of a good answer; null for 404.</summary>
    private Task<BodyBytes?> AskAsync(HttpMethod method, string path, int longest, CancellationToken cancellationToken) =>
        InTimeAsync<BodyBytes?>(
            async ends =>
            {
                using var request = new HttpRequestMessage(method, path);
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ends);
                if (answer.StatusCode == HttpStatusCode.NotFound)
                    return null;
                if (!answer.IsSuccessStatusCode)
                    throw await RefusalAsync(answer, ends);
                return new BodyBytes(await ReadAsync(answer.Content, longest, ends), answer.Content.Headers.ContentType?.ToString());
            },
            cancellationToken);

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (patience.IsCancellationRequested && e is not SilenceException)
                throw new SilenceException(Silence.TooSlow, $"The pod did not answer in {_patience.TotalSeconds:0.#} s.", e);
            if (Explain(e) is { } silence)
                throw silence;
            throw;
        }
    }

    private static async Task<SilenceException> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var message = CallReading.Error(await ReadAsync(answer.Content, LongestError, cancellationToken));
        return new SilenceException(Silence.Refused, $"The pod answers {(int)answer.StatusCode}{(message is null ? "." : $": {message}")}");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int longest, CancellationToken cancellationToken)
    {
        var tooLong = new SilenceException(Silence.TooLong, $"What the pod answers is longer than {longest / 1024 / 1024} MiB.");
        if (content.Headers.ContentLength > longest)
            throw tooLong;
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new MemoryStream((int)(content.Headers.ContentLength ?? 0));
        var piece = new byte[16 * 1024];
        int length;
        while ((length = await stream.ReadAsync(piece, cancellationToken)) > 0)
        {
            if (body.Length + length > longest)
                throw tooLong;
            body.Write(piece, 0, length);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
