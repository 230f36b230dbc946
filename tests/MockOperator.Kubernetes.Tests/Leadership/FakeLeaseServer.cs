using System.Text.Json;
using k8s.Models;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Leadership;

namespace MockOperator.Kubernetes.Tests.Leadership;

/// <summary>One lease with compare-and-swap, and faults on command.</summary>
internal sealed class FakeLeaseServer
{
    private readonly Lock _lock = new();
    private V1Lease? _lease;
    private int _version;

    public int Writes { get; private set; }

    public V1Lease? Current
    {
        get
        {
            lock (_lock)
                return Copy(_lease);
        }

        set
        {
            lock (_lock)
            {
                _lease = Copy(value);
                _lease?.Metadata.ResourceVersion = $"{++_version}";
            }
        }
    }

    public Api For(string identity) => new(this, identity);

    private static V1Lease? Copy(V1Lease? lease) => lease is null ? null : JsonSerializer.Deserialize<V1Lease>(JsonSerializer.Serialize(lease));

    private V1Lease Write(V1Lease lease, bool create)
    {
        lock (_lock)
        {
            if (create ? _lease is not null : _lease?.Metadata.ResourceVersion != lease.Metadata.ResourceVersion)
                throw new ApiException("conflict", new ApiError(System.Net.HttpStatusCode.Conflict, create ? "AlreadyExists" : "Conflict", ""));
            Current = lease;
            Writes++;
            return Current!;
        }
    }

    internal sealed class Api(FakeLeaseServer server, string identity) : ILeaseApi
    {
        public string Identity { get; } = identity;

        /// <summary>When set, calls wait for it before they reach the server.</summary>
        public TaskCompletionSource? Before { get; set; }

        /// <summary>When set, writes wait for it after they reached the server.</summary>
        public TaskCompletionSource? After { get; set; }

        public bool Refuses { get; set; }

        public Task<V1Lease?> GetAsync(CancellationToken cancellationToken) => CallAsync(() => server.Current, reads: true);

        public Task<V1Lease> CreateAsync(V1Lease lease, CancellationToken cancellationToken) => CallAsync(() => server.Write(lease, create: true));

        public Task<V1Lease> ReplaceAsync(V1Lease lease, CancellationToken cancellationToken) => CallAsync(() => server.Write(lease, create: false));

        // Deaf to cancellation, as a call is that is already at the server.
        private async Task<T> CallAsync<T>(Func<T> call, bool reads = false)
        {
            await Task.Yield();
            if (Refuses)
                throw new ApiException("refused", ApiError.NoAnswer("refused"));
            if (Before is { } before)
                await before.Task;
            var result = call();
            if (!reads && After is { } after)
                await after.Task;
            return result;
        }
    }
}
