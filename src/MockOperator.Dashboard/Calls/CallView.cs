using MockOperator.Client.Calls;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Calls;

/// <summary>One call, with everything that is remembered of it.</summary>
internal sealed record CallView
{
    /// <summary>Longest body that is shown; all of it can be downloaded.</summary>
    public const int LongestShown = 64 * 1024;

    /// <summary>The mock.</summary>
    public required ObjectKey Mock { get; init; }

    /// <summary>The call.</summary>
    public required MockCall Call { get; init; }

    /// <summary>The pod that answered it.</summary>
    public required string Pod { get; init; }

    /// <summary>The call again, as a command line, and what of it is not in the line.</summary>
    public required CallCurl Curl { get; init; }

    /// <summary>Whether an example can be made of it.</summary>
    public required bool CanAdd { get; init; }

    /// <summary>The token of forms.</summary>
    public required string Token { get; init; }

    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var head = await MockHead.ReadAsync(visit, MockTab.Calls);
        var found = await FindAsync(visit);
        var view = new CallView
        {
            Mock = visit.Key,
            Call = found.Call,
            Pod = found.Pod,
            Curl = CallCurl.Of(found.Call, head.Row.Url ?? "http://mock", LongestShown),
            CanAdd = head.Row.Collection is not null,
            Token = head.Token,
        };
        await head.ShowAsync(visit, new Calls_One { Model = view }, $"{found.Call.Request.Method} {Show.Cut(found.Call.Request.Path, 60)}");
    }

    /// <summary>Finds the call that an address names.</summary>
    /// <exception cref="Kubernetes.Client.ApiException">No pod remembers it.</exception>
    public static async Task<PodCall> FindAsync(Visit visit)
    {
        using var calls = new MockCalls(visit.Cluster.Api, visit.Key, time: visit.Cluster.Time);
        var asked = await calls.FindAsync(visit.Route("id"), visit.Ends);
        return asked.Value ?? throw Missing.Of(visit.Key with { Name = visit.Route("id") }, asked.Silent.Count > 0 ? "call that a pod which answers remembers," : "call that a pod remembers,");
    }

    /// <summary>Sends the bytes of a body as a file, whatever they are: never as something that a browser shows.</summary>
    public static async Task SendBodyAsync(Visit visit, CallSide side)
    {
        using var calls = new MockCalls(visit.Cluster.Api, visit.Key, time: visit.Cluster.Time);
        var asked = await calls.ReadBodyAsync(visit.Route("id"), side, visit.Ends);
        var body = asked.Value ?? throw Missing.Of(visit.Key with { Name = visit.Route("id") }, "call that a pod remembers,");
        visit.Http.Response.ContentType = "application/octet-stream";
        visit.Http.Response.ContentLength = body.Bytes.Length;
        visit.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{(side == CallSide.Request ? "request" : "response")}-body.bin\"";
        await visit.Http.Response.Body.WriteAsync(body.Bytes, visit.Ends);
    }
}
