using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Resources;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.CallReading;

/// <summary>
/// The port at which calls are read: <see cref="CallsPort"/> says how. It listens on the loopback address alone, so whoever comes has the right to forward a port to the pod, or is in it. A page in the
/// browser of such a person has not: requests under another name than that of the loopback, and those that a browser marks as another site's, are refused.
/// </summary>
internal sealed class CallsApplication(MockDirectory mocks, TimeProvider time, CancellationToken ending) : IHttpApplication<IFeatureCollection>
{
    // Postman's own pages end at 6.5 MB.
    private const int MostOfPage = 4 * 1024 * 1024;
    private const int FlushBytes = 16 * 1024;
    private const string RequestBody = "request-body";
    private const string ResponseBody = "response-body";

    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        PipeWriter body = context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        CancellationToken aborted = context.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            CallsProblem? problem = CallerProblem(request) ?? await AnswerAsync(request, response, body, aborted);
            if (problem is not null)
            {
                response.StatusCode = problem.Status;
                response.Headers.ContentType = "application/json";
                await body.WriteAsync(problem.Json(), aborted);
            }
        }
        catch (Exception departure) when (departure is ConnectionResetException or ConnectionAbortedException
            || (departure is OperationCanceledException && (aborted.IsCancellationRequested || ending.IsCancellationRequested)))
        {
            // Nobody waits for the answer any more, or nothing more is to come.
        }
    }

    /// <inheritdoc/>
    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    private static CallsProblem? CallerProblem(IHttpRequestFeature request)
    {
        if (!IsLoopback(request.Headers.Host.ToString()))
        {
            return CallsProblem.OtherHost;
        }

        return request.Headers["Sec-Fetch-Site"] is [not (null or "same-origin" or "none")] || request.Headers.Origin.Count > 0 ? CallsProblem.OtherSite : null;
    }

    private static bool IsLoopback(string host)
    {
        int colon = host.LastIndexOf(':');
        ReadOnlySpan<char> name = colon > host.LastIndexOf(']') ? host.AsSpan(0, colon) : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name.Trim("[]"), out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    private async Task<CallsProblem?> AnswerAsync(IHttpRequestFeature request, IHttpResponseFeature response, PipeWriter body, CancellationToken aborted)
    {
        bool isGet = HttpMethods.IsGet(request.Method);
        bool isDelete = HttpMethods.IsDelete(request.Method);
        if (!isGet && !isDelete)
        {
            response.Headers.Allow = "GET, DELETE";
            return CallsProblem.OtherMethod;
        }

        string[] path = request.Path.Split('/');
        if (path is not ["", "calls", ..] || path.Length > 4 || (path.Length == 4 && !(isGet && path[3] is RequestBody or ResponseBody)))
        {
            return CallsProblem.OtherPath;
        }

        if (path.Length == 2 || request.Path == CallsPort.StreamPath)
        {
            if (!CallQuery.TryRead(request.QueryString, out CallQuery? query, out string? wrong))
            {
                return CallsProblem.Wrong(wrong);
            }

            return path.Length == 3 ? isGet ? await StreamAsync(query, request, response, body, aborted) : CallsProblem.OtherPath
                : isGet ? await ListAsync(query, response, body, aborted)
                : Forget(query, response);
        }

        if (!mocks.Journals.Numbers.TryRead(path[2], out long number) || Find(number) is not { } found)
        {
            return CallsProblem.Unknown;
        }

        if (isDelete)
        {
            found.Mock.Calls.Forget(number);
            response.StatusCode = StatusCodes.Status204NoContent;
            return null;
        }

        if (path.Length == 4)
        {
            // Never as what it says it is: a page must not run because somebody sent it.
            response.Headers.ContentType = "application/octet-stream";
            response.Headers.ContentDisposition = "attachment";
            await body.WriteAsync(path[3] == RequestBody ? found.Call.RequestBody : found.Call.ResponseBody, aborted);
            return null;
        }

        response.Headers.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(body, CallWriter.Options))
        {
            CallWriter.Write(json, found.Mock, found.Call, mocks.Journals.Numbers, CallParts.All);
        }

        await body.FlushAsync(aborted);
        return null;
    }

    private (HostedMock Mock, RememberedCall Call)? Find(long number)
    {
        foreach (HostedMock mock in mocks.Table.Mocks)
        {
            if (mock.Calls.Read(number) is { } call)
            {
                return (mock, call);
            }
        }

        return null;
    }

    private async Task<CallsProblem?> ListAsync(CallQuery query, IHttpResponseFeature response, PipeWriter body, CancellationToken aborted)
    {
        HostedMock[] asked = [.. mocks.Table.Mocks.Where(query.IsOf)];
        if (query.Mock is not null && asked.Length == 0)
        {
            return CallsProblem.UnknownMock;
        }

        long before = long.MaxValue;
        if (query.Cursor is { } cursor && !mocks.Journals.Numbers.TryRead(cursor, out before))
        {
            return CallsProblem.Gone;
        }

        response.Headers.ContentType = "application/json";
        var pages = new CallPages(asked, before);
        using var json = new Utf8JsonWriter(body, CallWriter.Options);
        json.WriteStartObject();
        json.WriteStartArray("calls");
        string? last = null;
        string? next = null;
        long written = 0;
        int count = 0;
        while (pages.Next() is { } call)
        {
            aborted.ThrowIfCancellationRequested();
            if (!query.Filter.Chooses(call.Call))
            {
                continue;
            }

            if (count == query.Limit || written > MostOfPage)
            {
                next = last;
                break;
            }

            CallWriter.Write(json, call.Mock, call.Call, mocks.Journals.Numbers, query.Parts);
            last = mocks.Journals.Numbers.IdOf(call.Call.Number);
            count++;
            if (json.BytesPending > FlushBytes)
            {
                written += json.BytesPending;
                await json.FlushAsync(aborted);
                await body.FlushAsync(aborted);
            }
        }

        json.WriteEndArray();
        if (next is not null)
        {
            json.WriteString("next", next);
        }

        json.WriteNumber("remembered", asked.Sum(static mock => mock.Calls.Count));
        json.WriteNumber("dropped", asked.Sum(static mock => mock.Calls.Dropped));
        json.WriteEndObject();
        await json.FlushAsync(aborted);
        await body.FlushAsync(aborted);
        return null;
    }

    private async Task<CallsProblem?> StreamAsync(CallQuery query, IHttpRequestFeature request, IHttpResponseFeature response, PipeWriter body, CancellationToken aborted)
    {
        if (query.Mock is not null && !mocks.Table.Mocks.Any(query.IsOf))
        {
            return CallsProblem.UnknownMock;
        }

        response.Headers.ContentType = "text/event-stream";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, ending);
        var stream = new CallStream(mocks, query, time);

        // The name of a process that is gone says that nothing of this one was seen.
        stream.Begin(request.Headers["Last-Event-ID"] is [{ } id] ? mocks.Journals.Numbers.TryRead(id, out long after) ? after : 0 : null);
        await stream.WriteAsync(body, ended.Token);
        return null;
    }

    private CallsProblem? Forget(CallQuery query, IHttpResponseFeature response)
    {
        if (query.IsNarrowed)
        {
            return CallsProblem.Wrong($"{CallsPort.Mock} is the only parameter of DELETE: all calls of a mock are forgotten, or one by its id.");
        }

        HostedMock[] asked = [.. mocks.Table.Mocks.Where(query.IsOf)];
        if (query.Mock is not null && asked.Length == 0)
        {
            return CallsProblem.UnknownMock;
        }

        foreach (HostedMock mock in asked)
        {
            mock.Calls.Forget();
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }
}
