using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Operator.Quotas;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>Has a quota kept as its spec asks for. What it tells is written by its accountant, the only one that writes its status.</summary>
public sealed class MockQuotaController(QuotaAccountants accountants, QuotaCoverage coverage) : IEntityController<MockQuota>
{
    /// <inheritdoc/>
    public async Task<ReconciliationResult<MockQuota>> ReconcileAsync(MockQuota entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (entity.Metadata.DeletionTimestamp is null && entity.Spec is { } spec)
        {
            await accountants.KeepAsync(entity, TermsOf(entity, spec));
        }

        return ReconciliationResult<MockQuota>.Success(entity);
    }

    /// <inheritdoc/>
    public async Task<ReconciliationResult<MockQuota>> DeletedAsync(MockQuota entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        await accountants.EndAsync(ObjectKey.Of(entity));
        return ReconciliationResult<MockQuota>.Success(entity);
    }

    private QuotaTerms TermsOf(MockQuota quota, MockQuotaSpec spec)
    {
        IReadOnlyList<SpecProblem> problems = QuotaCalendar.Check(quota.Metadata.Name, spec);

        // What cannot be read is counted as if it were not set, so that no mock stands still for it; the condition tells.
        QuotaCalendar calendar = QuotaCalendar.Of(spec) ?? QuotaCalendar.Of(new MockQuotaSpec())!;
        return new QuotaTerms(
            Math.Clamp(spec.Calls ?? 0, 0, MockQuotaSpec.MaxCalls),
            calendar.At,
            [.. (spec.WarnAt ?? MockQuotaRules.DefaultWarnAt).Where(static percent => percent is >= 1 and <= 100).Take(10)],
            quota.Metadata.Generation,
            coverage.MocksOf(quota).Count,
            problems.Count == 0 ? null : string.Join("; ", problems));
    }
}
