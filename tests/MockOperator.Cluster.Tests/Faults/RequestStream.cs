using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>
/// Clients that ask the same thing again and again, half of them over one connection each, half with a new connection for each request. Notes every
/// answer that is not 200.
/// </summary>
internal sealed class RequestStream : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<Task> clients;
    private int answered;

    private RequestStream(Uri url, int count) =>
        clients = [.. Enumerable.Range(0, count).Select(number => Task.Run(() => AskAsync(url, fresh: number % 2 == 1)))];

    /// <summary>Requests that were answered with 200.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>What happened to the others, the first hundred of them.</summary>
    public IReadOnlyList<string> Failures => [.. failures];

    public static RequestStream Start(Uri url, int clients = 6) => new(url, clients);

    /// <summary>Lets the requests under way end, and sends no more.</summary>
    public async Task StopAsync()
    {
        await ended.CancelAsync();
        await Task.WhenAll(clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ended.Dispose();
    }

    private async Task AskAsync(Uri url, bool fresh)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.ConnectionClose = fresh;
        while (!ended.IsCancellationRequested)
        {
            var at = watch.Elapsed;
            try
            {
                using var response = await client.GetAsync(url, CancellationToken.None);
                if (response.StatusCode == HttpStatusCode.OK)
                    Interlocked.Increment(ref answered);
                else
                    Note(at, fresh, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                Note(at, fresh, $"{exception.Message} {exception.InnerException?.Message}");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private void Note(TimeSpan at, bool fresh, string what)
    {
        if (failures.Count < 100)
            failures.Enqueue($"{at.TotalSeconds:0.00} s to {watch.Elapsed.TotalSeconds:0.00} s, {(fresh ? "new" : "kept")} connection: {what}");
    }
}
