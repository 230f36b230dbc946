namespace MockOperator.Operator.Quotas;

/// <summary>Books that are about to be written.</summary>
/// <param name="Ledger">The books, grants entered.</param>
/// <param name="Plan">What the processes hear once they are written; null for nothing new.</param>
public sealed record QuotaDraft(QuotaLedger Ledger, QuotaPlan? Plan);
