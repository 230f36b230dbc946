using System.Globalization;
using MockOperator.Operator.Conditions;
using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>What the conditions of a quota say.</summary>
public static class QuotaConditions
{
    /// <summary>Whether the quota is kept as its spec says.</summary>
    public const string Ready = SummaryConditions.Ready;

    /// <summary>Whether calls are left in this period.</summary>
    public const string WithinLimit = "WithinLimit";

    /// <summary>Whether a percentage of <c>spec.warnAt</c> is reached.</summary>
    public const string Warning = "Warning";

    private const string InvalidSpec = "InvalidSpec";
    private const string TooManyPods = "TooManyPods";

    /// <summary>The status of a quota.</summary>
    /// <param name="ledger">The books.</param>
    /// <param name="terms">What its spec asks for.</param>
    /// <param name="before">The conditions before.</param>
    /// <param name="now">The time.</param>
    public static MockQuotaStatus Tell(QuotaLedger ledger, QuotaTerms terms, IReadOnlyList<Condition>? before, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(terms);
        MockQuotaStatus status = QuotaStatusBuilder.Build(ledger);
        var conditions = new ConditionList(before, terms.Generation, now);
        string resets = status.ResetsAt?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
        if (terms.Problem is not null)
        {
            conditions.SetNotReady(InvalidSpec, terms.Problem, Remedies.IsStalled(InvalidSpec, holdsContent: false));
        }
        else if (ledger.IsFull)
        {
            conditions.SetNotReady(TooManyPods, $"{QuotaLedgerState.MaxHolders} processes hold calls of this quota, and no more can: have it cover fewer mocks or pods (spec.selector)", Remedies.IsStalled(TooManyPods, holdsContent: false));
        }
        else
        {
            conditions.Set(Ready, true, terms.CoveredMocks == 0 ? "NothingSelected" : "Counting", terms.CoveredMocks switch
            {
                0 => "no mock of the namespace is selected (spec.selector)",
                1 => "the calls of 1 mock are counted",
                _ => $"the calls of {terms.CoveredMocks} mocks are counted",
            });
        }

        long spent = (status.Used ?? 0) + (status.Lost ?? 0);
        bool isWithin = status.Remaining > 0;
        conditions.Set(
            WithinLimit,
            isWithin,
            isWithin ? "CallsLeft" : "LimitReached",
            isWithin ? $"{status.Remaining} of {status.Limit} calls are left until {resets}" : $"all {status.Limit} calls are spent: calls are refused until {resets}");
        int reached = terms.WarnAt.Where(percent => spent >= (Int128)(status.Limit ?? 0) * percent / 100).DefaultIfEmpty(0).Max();
        conditions.Set(
            Warning,
            reached > 0,
            reached > 0 ? "Reached" : "NotReached",
            reached > 0 ? $"{reached} % of {status.Limit} calls are spent until {resets}" : $"less than {terms.WarnAt.DefaultIfEmpty(100).Min()} % of {status.Limit} calls are spent");
        return status with { ObservedGeneration = terms.Generation, CoveredMocks = terms.CoveredMocks, Conditions = conditions.Conditions };
    }
}
