namespace MockOperator.Cluster.Tests.Faults;

/// <summary>
/// The writes that an operator made, and the end of its life: after a number of writes nothing that it sends arrives any more, as if it had been killed before the
/// next one.
/// </summary>
internal sealed class WriteLedger(int lifetime = int.MaxValue) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly List<Write> writes = [];

    /// <summary>A write that the API server accepted.</summary>
    public sealed record Write(string Method, string Path, string Body);

    /// <summary>Whether it wanted to make one write more than it lived for.</summary>
    public bool Killed { get; private set; }

    /// <summary>All writes so far, in order.</summary>
    public IReadOnlyList<Write> Writes
    {
        get
        {
            lock (writes)
                return [.. writes];
        }
    }

    /// <summary>A handler that keeps this ledger.</summary>
    public DelegatingHandler Handler() => new Keeper(this);

    public void Dispose() => oneAtATime.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        if (Killed)
            throw new HttpRequestException("killed");
        if (request.Method == HttpMethod.Get)
            return await send();

        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            Killed |= Writes.Count >= lifetime;
            if (Killed)
                throw new HttpRequestException("killed");
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var response = await send();
            if (response.IsSuccessStatusCode)
            {
                lock (writes)
                    writes.Add(new Write(request.Method.Method, request.RequestUri!.AbsolutePath, body));
            }

            return response;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private sealed class Keeper(WriteLedger ledger) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            ledger.SendAsync(request, () => base.SendAsync(request, cancellationToken), cancellationToken);
    }
}
