namespace MockOperator.Operator.Benchmarks;

/// <summary>Keeps the writes that an operator makes, in order.</summary>
internal sealed class WriteRecorder
{
    private readonly List<Write> _writes = [];

    /// <summary>A server-side apply.</summary>
    /// <param name="PathAndQuery">Without the slash at the beginning.</param>
    /// <param name="Body">What was applied.</param>
    public sealed record Write(string PathAndQuery, string Body);

    /// <summary>What was written so far.</summary>
    public IReadOnlyList<Write> Writes
    {
        get
        {
            lock (_writes)
            {
                return [.. _writes];
            }
        }
    }

    /// <summary>A handler that records here.</summary>
    public DelegatingHandler Handler() => new Recording(_writes);

    private sealed class Recording(List<Write> writes) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Patch)
            {
                var write = new Write(request.RequestUri!.PathAndQuery.TrimStart('/'), await request.Content!.ReadAsStringAsync(cancellationToken));
                lock (writes)
                {
                    writes.Add(write);
                }
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
