using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Allowances;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Content;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Publishing;
using MockOperator.Operator.Quotas;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// Brings a mock about: resolves what it refers to, applies what differs, tells the pods, and writes the status. A mock that cannot be served as it is
/// goes on being served as it was.
/// </summary>
public sealed class MockServerController(
    ResourceClient client,
    MockContentBuilder contents,
    QuotaCoverage coverage,
    BundleKeeper bundles,
    MockChildren children,
    PodWatch pods,
    UrlPublisher publisher,
    ApiKeyKeeper apiKeys,
    MockExposer exposer,
    AcknowledgementTracker acknowledgements,
    BundlePusher pusher,
    QuotaFollowers followers,
    ControlKey key,
    MockMemories memories,
    MockStatusWriter statuses,
    UserAllowances allowances,
    TimeProvider time) : IEntityController<MockServer>
{
    /// <inheritdoc/>
    public async Task<ReconciliationResult<MockServer>> ReconcileAsync(MockServer entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (entity.Metadata.DeletionTimestamp is not null || entity.Spec is null)
        {
            return ReconciliationResult<MockServer>.Success(entity);
        }

        if (entity.IsOutlined)
        {
            MockServer? whole = await client.GetAsync<MockServer>(ObjectKey.Of(entity), cancellationToken);
            if (whole?.Spec is null || whole.Metadata.Uid != entity.Metadata.Uid)
            {
                // Its deletion is about to be told.
                return ReconciliationResult<MockServer>.Success(entity);
            }

            entity = whole;
        }

        MockMemory memory = memories.Of(entity);
        ApiException? standing = await exposer.WithdrawUnaskedAsync(entity, cancellationToken);
        ReconciliationResult<MockServer> result = await FollowSpecAsync(entity, memory, cancellationToken);
        return standing is null
            ? result
            : ReconciliationResult<MockServer>.Failure(entity, $"the mock may still be exposed, though its spec does not ask for it: {standing.Message}", standing);
    }

    /// <inheritdoc/>
    public async Task<ReconciliationResult<MockServer>> DeletedAsync(MockServer entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        memories.Forget(ObjectKey.Of(entity));
        contents.Forget(ObjectKey.Of(entity));
        await publisher.RetractOrphanAsync(ObjectKey.Of(entity), cancellationToken);
        return ReconciliationResult<MockServer>.Success(entity);
    }

    private async Task<ReconciliationResult<MockServer>> FollowSpecAsync(MockServer entity, MockMemory memory, CancellationToken cancellationToken)
    {
        if (FindProblem(entity, out PodOverrides? overrides) is { } problem)
        {
            var invalid = new MockObservation { Blocked = new Unresolved(MockConditions.InvalidSpec, problem), ServedRevision = bundles.RevisionOf(entity) };
            await statuses.WriteAsync(entity, memory, Observe(entity, invalid), cancellationToken);
            return ReconciliationResult<MockServer>.Terminal(entity, problem);
        }

        if (!IsKnownToApplyNothing(entity, memory) && await children.FindConflictAsync(entity, memory, cancellationToken) is { } conflict)
        {
            // Objects of other owners are not watched, so whether a name has become free must be looked up.
            TimeSpan? look = await statuses.WriteAsync(entity, memory, Observe(entity, new MockObservation { Blocked = conflict }), cancellationToken);
            return ReconciliationResult<MockServer>.Success(entity, look);
        }

        try
        {
            if (await BringAboutAsync(entity, memory, overrides!, cancellationToken) is not { } observed)
            {
                // Others' large collections are read first, and the mock is queued when its turn has come; or its quota has just been made, and its arrival wakes the mock.
                return ReconciliationResult<MockServer>.Success(entity);
            }

            TimeSpan? again = await statuses.WriteAsync(entity, memory, observed, cancellationToken);
            return ReconciliationResult<MockServer>.Success(entity, again);
        }
        catch (ApiException refusal) when (refusal.IsRefusal && refusal.Error.Message.Contains("being terminated", StringComparison.Ordinal))
        {
            // The namespace goes, and the mock with it.
            return ReconciliationResult<MockServer>.Success(entity);
        }
        catch (ApiException refusal) when (refusal.IsRefusal)
        {
            var refused = RefusedChild.Of(refusal);
            var observed = new MockObservation { Blocked = refused.Problem, ServedRevision = bundles.RevisionOf(entity) };
            TimeSpan? again = await statuses.WriteAsync(entity, memory, Observe(entity, observed), cancellationToken);
            return refused.IsFinal
                ? ReconciliationResult<MockServer>.Terminal(entity, refused.Problem.Message)
                : ReconciliationResult<MockServer>.Failure(entity, refused.Problem.Message, refusal, again);
        }
    }

    private async Task<MockObservation?> BringAboutAsync(MockServer mock, MockMemory memory, PodOverrides overrides, CancellationToken cancellation)
    {
        if (await key.TokensAsync(cancellation) is not { } tokens)
        {
            var blocked = new Unresolved(MockConditions.ControlKeyMissing, key.Problem ?? "the control key has just arrived");
            return Observe(mock, new MockObservation { Blocked = blocked, ServedRevision = bundles.RevisionOf(mock) });
        }

        if (!await children.ApplyQuotaAsync(mock, cancellation))
        {
            return null;
        }

        if (TooManyQuotas.Of(coverage.QuotasOf(mock)) is { } tooMany)
        {
            return Observe(mock, new MockObservation { Blocked = tooMany, ServedRevision = bundles.RevisionOf(mock) });
        }

        await apiKeys.EnsureAsync(mock, memory, cancellation);
        if (await ApplyContentAsync(mock, memory, tokens, cancellation) is not { } isNew)
        {
            return null;
        }

        MockContent content = memory.Content!;
        string? served = bundles.RevisionOf(mock);
        string? revision = content.Revision ?? served;
        if (revision is null)
        {
            return Observe(mock, new MockObservation { Content = content });
        }

        if (isNew)
        {
            // Only pods that are there already: those that the workload brings mount the new files anyway.
            await pods.NudgeAsync(pods.Running(mock), revision, cancellation);
        }

        // What is served may come from a bundle of before: the workload then keeps the shape that this one needs.
        await children.ApplyWorkloadAsync(mock, content, overrides, cancellation);
        IReadOnlyList<RuntimePod> running = pods.Running(mock);

        string token = tokens.TokenOf(mock.Metadata.NamespaceProperty, mock.Metadata.Name, mock.Metadata.Uid);
        Acknowledgements acknowledged = acknowledgements.Observe(memory.Session, token, revision, running, checkKeys: mock.Spec!.Private is true);
        int ready = mock.Spec.RateLimit is null ? 1 : pods.DeploymentOf(mock)?.Status?.ReadyReplicas ?? 1;
        followers.Observe(
            new QuotaTarget(mock.Metadata.NamespaceProperty, mock.Metadata.Name, coverage.ReferencesOf(mock), ready), mock.Spec.RateLimit is not null, pods.Counting(mock), token);
        await pods.NudgeAsync(acknowledged.Stale, revision, cancellation);
        if (memory.Bundle is { } bundle && bundle.Revision == revision && acknowledged.IsComplete)
        {
            // Until all have it, a pod may start whose kubelet still sees the index of before.
            await bundles.PruneAsync(mock, bundle, cancellation);
        }

        TimeSpan? keysAgain = await apiKeys.FollowAsync(mock, memory, acknowledged, cancellation);
        ExposureOutcome? exposure = await exposer.ExposeAsync(mock, cancellation);
        PublishOutcome published = await publisher.PublishAsync(mock, exposure, memory.Publishing, cancellation);
        return Observe(mock, new MockObservation
        {
            Exposure = exposure,
            LookAgain = new[] { keysAgain, published.LookAgain }.Min(),
            Content = content,
            ServedRevision = content.IsServable ? null : served,
            Acknowledgements = acknowledged,
            PublishProblem = published.Problem,
        });
    }

    /// <summary>Resolves the content if anything that it comes from has changed, and applies it. Returns whether the cluster's bundle was written; null when the content cannot be read yet.</summary>
    private async Task<bool?> ApplyContentAsync(MockServer mock, MockMemory memory, ControlTokens tokens, CancellationToken cancellation)
    {
        IReadOnlyList<QuotaReference> quotas = coverage.ReferencesOf(mock);
        string fingerprint = contents.FingerprintOf(mock, quotas);
        if (memory.Content?.Fingerprint == fingerprint && IsUpToDate(mock, memory))
        {
            return false;
        }

        string tokenHash = tokens.HashOf(mock.Metadata.NamespaceProperty, mock.Metadata.Name, mock.Metadata.Uid);
        if (await contents.BuildAsync(mock, quotas, fingerprint, tokenHash, cancellation) is not { } built)
        {
            return null;
        }

        (MockContent content, Bundle? bundle) = built;
        bool written = false;
        memory.AwaitedNames = null;
        if (bundle is not null && bundles.NamesFor(mock, bundle) is var names && NameConflict.Of(mock, "ConfigMap", bundles.FindForeign(mock, names)) is { } conflict)
        {
            memory.AwaitedNames = names;
            content = content with { Revision = null, CollectionProblem = conflict };
        }
        else if (bundle is not null)
        {
            string? replaced = memory.Bundle?.Revision ?? bundles.RevisionOf(mock);
            (memory.Bundle, written) = await bundles.ApplyAsync(mock, bundle, cancellation);
            if (written)
            {
                string token = tokens.TokenOf(mock.Metadata.NamespaceProperty, mock.Metadata.Name, mock.Metadata.Uid);
                pusher.Push(memory.Session, token, bundle, replaced, pods.Running(mock));
            }
        }

        memory.Content = content;
        return written;
    }

    // What could not be applied because a name was taken is built again once all its names are free; who has them may change meanwhile.
    private bool IsUpToDate(MockServer mock, MockMemory memory)
    {
        if (memory.AwaitedNames is not { } names)
        {
            return memory.Content?.Revision is not { } revision || (memory.Bundle?.Revision == revision && bundles.Has(mock, memory.Bundle));
        }

        Unresolved? conflict = NameConflict.Of(mock, "ConfigMap", bundles.FindForeign(mock, names));
        memory.Content = memory.Content! with { CollectionProblem = conflict };
        return conflict is not null;
    }

    private MockObservation Observe(MockServer mock, MockObservation observed)
    {
        V1Deployment? deployment = pods.DeploymentOf(mock);
        return observed with
        {
            Calls = MockCalls.Of(mock, coverage),
            Deployment = deployment,
            PodTrouble = PodTrouble.Of(deployment, pods.Of(mock), observed.Content?.Secrets ?? [], time.GetUtcNow()),
        };
    }

    // Whether names are free is asked before something is written, not as long as a mock has nothing that could be served.
    private bool IsKnownToApplyNothing(MockServer mock, MockMemory memory) =>
        memory.AwaitedNames is null && memory.Content is { IsServable: false } content && content.Fingerprint == contents.FingerprintOf(mock, coverage.ReferencesOf(mock)) && bundles.RevisionOf(mock) is null;

    private string? FindProblem(MockServer mock, out PodOverrides? overrides)
    {
        overrides = null;
        List<string> problems = [.. MockServerRules.Check(mock.Metadata.Name, mock.Spec!)
            .Concat(CorsRules.Check(mock.Spec!.Cors))
            .Concat(ApiKeyRules.Check(mock.Spec.ApiKeys))
            .Concat(allowances.Check(mock.Spec))
            .Select(static problem => problem.ToString())];
        if (!PodOverrides.TryRead(mock.Spec, out overrides, out string? unreadable))
        {
            problems.Add(unreadable);
        }

        return problems.Count == 0 ? null : string.Join("; ", problems);
    }
}
