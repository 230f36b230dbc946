namespace MockOperator.Resources;

/// <summary>A quota of one mock alone. The operator keeps a MockQuota for it, which the mock owns.</summary>
public sealed record MockQuotaShorthand
{
    /// <inheritdoc cref="MockQuotaSpec.Calls"/>
    public long? Calls { get; init; }

    /// <inheritdoc cref="MockQuotaSpec.Period"/>
    public QuotaPeriod? Period { get; init; }
}
