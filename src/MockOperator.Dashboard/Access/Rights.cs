using System.Collections.Concurrent;
using k8s.Models;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Access;

/// <summary>
/// What callers may do, asked of the API server (SelfSubjectAccessReview) and remembered for <see cref="Remembered"/>. It decides only what pages offer: whoever does it all the same is refused by the
/// API server, so an answer that is old, or none, does no harm.
/// </summary>
internal sealed class Rights(TimeProvider time)
{
    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private const int Most = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Caller, Act Act), (bool Allowed, DateTimeOffset Until)> _known = new();

    /// <summary>Asks for several rights at once.</summary>
    /// <param name="caller">Whose rights.</param>
    /// <param name="acts">What for.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Those that the caller does not have. What could not be asked is taken as allowed: the API server decides.</returns>
    public async Task<IReadOnlySet<Act>> MissingAsync(Caller caller, IReadOnlyList<Act> acts, CancellationToken cancellationToken)
    {
        var allowed = await Task.WhenAll(acts.Select(act => MayAsync(caller, act, cancellationToken)));
        return acts.Where((_, i) => !allowed[i]).ToHashSet();
    }

    private async Task<bool> MayAsync(Caller caller, Act act, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue((caller.Id, act), out var known) && known.Until > now)
            return known.Allowed;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var review = await caller.Cluster.Api.CreateAsync(Review(act), either.Token);
            if (_known.Count >= Most)
                Forget(now);
            var allowed = review.Status?.Allowed ?? true;
            _known[(caller.Id, act)] = (allowed, now + Remembered);
            return allowed;
        }
        catch (ApiException e) when (e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, answer) in _known)
        {
            if (answer.Until <= now)
                _known.TryRemove(key, out _);
        }

        if (_known.Count >= Most)
            _known.Clear();
    }

    private static V1SelfSubjectAccessReview Review(Act act) => new()
    {
        ApiVersion = "authorization.k8s.io/v1",
        Kind = "SelfSubjectAccessReview",
        Metadata = new V1ObjectMeta(),
        Spec = new V1SelfSubjectAccessReviewSpec
        {
            ResourceAttributes = new V1ResourceAttributes
            {
                Verb = act.Verb,
                Group = act.Group,
                Resource = act.Resource,
                Subresource = act.Subresource,
                NamespaceProperty = act.Namespace,
            },
        },
    };
}
