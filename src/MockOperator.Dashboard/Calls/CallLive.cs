using System.Text;
using Microsoft.AspNetCore.Http.Features;
using MockOperator.Client.Calls;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;

namespace MockOperator.Dashboard.Calls;

/// <summary>Calls as they are answered, as server-sent events: rows of the list, which the page puts at its beginning.</summary>
internal static class CallLive
{
    // A session, a right or a proxy may end meanwhile: the browser comes back, and is looked at again.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);

    /// <summary>Follows.</summary>
    public static async Task FollowAsync(Visit visit)
    {
        var mock = await MockHead.FindAsync(visit);
        var canAdd = mock.Spec?.CollectionRef is not null;
        var http = visit.Http;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(visit.Ends);
        using var bound = new CancellationTokenSource(Longest, visit.Site.Time);
        await using var registration = bound.Token.Register(end.Cancel);
        using var turn = new SemaphoreSlim(1);
        using var calls = new MockCalls(visit.Cluster.Api, visit.Key, time: visit.Cluster.Time);

        async Task SendAsync(string text)
        {
            await turn.WaitAsync(end.Token);
            try
            {
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), end.Token);
                await http.Response.Body.FlushAsync(end.Token);
            }
            finally
            {
                turn.Release();
            }
        }

        async Task BeatAsync()
        {
            using var timer = new PeriodicTimer(Beat, visit.Site.Time);
            while (await timer.WaitForNextTickAsync(end.Token))
                await SendAsync(":\n\n");
        }

        await SendAsync("retry: 1000\n\n");
        var beats = BeatAsync();
        try
        {
            await foreach (var news in calls.FollowAsync(CallChoice.Read(visit).ToFilter(CallList.Included), end.Token))
            {
                if (await EventAsync(visit, news, canAdd, end.Token) is { } text)
                    await SendAsync(text);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page is closed, or the time is up.
        }
        finally
        {
            await end.CancelAsync();
            await beats.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<string?> EventAsync(Visit visit, CallNews news, bool canAdd, CancellationToken cancellationToken) => news switch
    {
        CallNews.Served served => Event("call", await Visit.RenderAsync(new Calls_Row { Model = new CallRow(visit.Key, served.Call, canAdd) }, cancellationToken)),
        CallNews.Missed missed => Event("note", Quoted(missed.Count is { } count ? $"{Show.Count(count, "call")} more than can be shown: reload" : "some calls were missed: reload")),
        CallNews.FellSilent => Event("note", Quoted("a pod fell silent")),
        CallNews.Followed => Event("note", Quoted("live")),
        _ => null,
    };

    private static string Quoted(string text) => $"\"{System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(text)}\"";

    private static string Event(string type, string data)
    {
        var text = new StringBuilder("event: ").Append(type).Append('\n');
        foreach (var line in data.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!string.IsNullOrWhiteSpace(line))
                text.Append("data: ").Append(line).Append('\n');
        }

        return text.Append('\n').ToString();
    }
}
