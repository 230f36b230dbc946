using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>Writes books as the status of their quota.</summary>
public static class QuotaStatusBuilder
{
    /// <summary>The status, without conditions.</summary>
    /// <param name="ledger">The books.</param>
    public static MockQuotaStatus Build(QuotaLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        List<MockUsage> usage = [.. ledger.Usage()];
        long used = ledger.Used;
        List<MockUsage> told = usage.Count <= MockQuotaStatus.MaxMocks ? usage : usage[..MockQuotaStatus.MaxMocks];
        return new MockQuotaStatus
        {
            Period = ledger.Window?.Name,
            StartedAt = ledger.Window?.Start,
            ResetsAt = ledger.Window?.End,
            Limit = ledger.Limit,
            Used = used,
            Granted = ledger.Held,
            Lost = ledger.Lost,
            Remaining = Math.Max(0, ledger.Ungranted + ledger.Held),
            Mocks = told,
            OtherMocks = used - told.Sum(static mock => mock.Calls),
            History = ledger.History.Count == 0 ? null : [.. ledger.History],
            Ledger = new QuotaLedgerState
            {
                Serial = ledger.Serial,
                Holders = [.. ledger.Holders.OrderBy(static holder => holder.Mock, StringComparer.Ordinal).ThenBy(static holder => holder.Instance, StringComparer.Ordinal).ThenBy(static holder => holder.Period, StringComparer.Ordinal)],
            },
        };
    }
}
