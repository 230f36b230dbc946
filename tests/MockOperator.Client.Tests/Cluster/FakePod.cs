using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MockOperator.Resources;

namespace MockOperator.Client.Tests.Cluster;

/// <summary>A pod that answers as <see cref="CallsPort"/> says.</summary>
internal sealed class FakePod : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<(long Sequence, MockCall Call)> _calls = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _streams = new();
    private long _sequence;
    private int _answered;

    private FakePod(string name, WebApplication server)
    {
        Name = name;
        Uid = $"{name}-uid";
        _server = server;
    }

    public string Name { get; }

    public string Uid { get; set; }

    public (string Kind, string Name, string Uid) Owner { get; set; } = ("ReplicaSet", "shop-mock-1", "of-set");

    public bool IsRunning { get; set; } = true;

    public bool IsListening { get; set; } = true;

    /// <summary>Answers in place of all that the pod would answer; says whether it did.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>Runs before each page is made.</summary>
    public Action BeforePage { get; set; } = () => { };

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers that were given to the end.</summary>
    public int Answered => Volatile.Read(ref _answered);

    public int OpenStreams { get; private set; }

    public int Port { get; private set; }

    /// <summary>Cancelled when the process is gone.</summary>
    public CancellationToken Ended => _end.Token;

    public MockCall[] Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls.Select(c => c.Call)];
        }
    }

    public static async Task<FakePod> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var pod = new FakePod(name, server);
        server.Run(async context =>
        {
            await pod.AnswerAsync(context);
            await context.Response.CompleteAsync();
            Interlocked.Increment(ref pod._answered);
        });
        await server.StartAsync();
        pod.Port = new Uri(server.Urls.First()).Port;
        return pod;
    }

    public MockCall Serve(string id, DateTimeOffset servedAt, string? body = null)
    {
        var call = new MockCall
        {
            Id = id,
            Mock = "shop",
            ServedAt = servedAt,
            Outcome = "matched",
            DurationMilliseconds = 1,
            Caller = new Caller(),
            Request = new CalledRequest { Method = "GET", Path = "/things", Body = body is null ? null : new CalledBody { Length = body.Length, Text = body } },
            Response = new CalledResponse { Status = 200 },
        };
        lock (_gate)
        {
            _calls.Add((++_sequence, call));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return call;
    }

    public void Clear()
    {
        lock (_gate)
            _calls.Clear();
    }

    /// <summary>Ends all streams as a broken network would.</summary>
    public void BreakStreams()
    {
        lock (_gate)
        {
            _streams.Cancel();
            _streams = new();
        }
    }

    /// <summary>Ends the process and with it all connections.</summary>
    public Task EndAsync() => _end.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Asked.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        if (await Instead(context))
            return;
        if (context.Request.Host.Host != "localhost")
        {
            await RefuseAsync(context, 421, "misdirected", "This port answers to localhost.");
            return;
        }

        var parts = context.Request.Path.Value!.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        switch (context.Request.Method, parts)
        {
            case ("GET", ["calls"]):
                await PageAsync(context);
                break;
            case ("GET", ["calls", "stream"]):
                await StreamAsync(context);
                break;
            case ("DELETE", ["calls"]):
                Clear();
                context.Response.StatusCode = 204;
                break;
            case (_, ["calls", var id, ..]):
                await OneAsync(context, id, parts);
                break;
            default:
                await RefuseAsync(context, 404, "not_found", "Nothing is here.");
                break;
        }
    }

    private async Task OneAsync(HttpContext context, string id, string[] parts)
    {
        (long Sequence, MockCall Call) one;
        lock (_gate)
            one = _calls.Find(c => c.Call.Id == id);
        if (one.Call is null)
        {
            await RefuseAsync(context, 404, "not_found", "No such call is remembered.");
        }
        else if (context.Request.Method == "DELETE")
        {
            lock (_gate)
                _calls.Remove(one);
            context.Response.StatusCode = 204;
        }
        else if (parts.Length == 2)
        {
            await context.Response.WriteAsync(JsonSerializer.Serialize(one.Call, CallJson.Default.MockCall));
        }
        else
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync($"{parts[2]} of {id}");
        }
    }

    private async Task PageAsync(HttpContext context)
    {
        BeforePage();
        var query = context.Request.Query;
        if (query[CallsPort.Status] == "nonsense")
        {
            await RefuseAsync(context, 400, "bad_filter", "status: 'nonsense' is no status.");
            return;
        }

        var limit = int.Parse(query[CallsPort.Limit]!, CultureInfo.InvariantCulture);
        Assert.InRange(limit, 1, CallsPort.MostOfPage);
        CallPage page;
        lock (_gate)
        {
            var matching = _calls.AsEnumerable().Reverse()
                .Where(c => query[CallsPort.Cursor] is not [{ } cursor] || c.Sequence < long.Parse(cursor, CultureInfo.InvariantCulture))
                .Where(c => query[CallsPort.Until] is not [{ } until] || c.Call.ServedAt <= Time(until))
                .Where(c => query[CallsPort.Since] is not [{ } since] || c.Call.ServedAt >= Time(since))
                .Take(limit + 1)
                .ToList();
            page = new CallPage
            {
                Calls = [.. matching.Take(limit).Select(c => c.Call)],
                Next = matching.Count > limit ? matching[limit - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null,
                Remembered = _calls.Count,
                Dropped = 3,
            };
        }

        await context.Response.WriteAsync(JsonSerializer.Serialize(page, CallJson.Default.CallPage));
    }

    private async Task StreamAsync(HttpContext context)
    {
        long position;
        CancellationTokenSource ends;
        lock (_gate)
        {
            position = context.Request.Headers["Last-Event-ID"] is [{ } last] ? _calls.Find(c => c.Call.Id == last).Sequence : _sequence;
            ends = CancellationTokenSource.CreateLinkedTokenSource(_streams.Token, context.RequestAborted, _end.Token);
            OpenStreams++;
        }

        using (ends)
        {
            try
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync(": here\n\n", ends.Token);
                await context.Response.Body.FlushAsync(ends.Token);
                while (true)
                {
                    Task changed;
                    List<(long Sequence, MockCall Call)> next;
                    lock (_gate)
                    {
                        changed = _changed.Task;
                        next = [.. _calls.Where(c => c.Sequence > position)];
                    }

                    foreach (var (sequence, call) in next)
                    {
                        await context.Response.WriteAsync($"event: call\r\nid: {call.Id}\r\ndata: {JsonSerializer.Serialize(call, CallJson.Default.MockCall)}\r\n\r\n", ends.Token);
                        position = sequence;
                    }

                    await context.Response.Body.FlushAsync(ends.Token);
                    await changed.WaitAsync(ends.Token);
                }
            }
            catch (OperationCanceledException)
            {
                context.Abort();
            }
            finally
            {
                lock (_gate)
                    OpenStreams--;
            }
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static async Task RefuseAsync(HttpContext context, int status, string name, string message)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(JsonSerializer.Serialize(new { error = new { name, message } }));
    }
}
