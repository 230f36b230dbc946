namespace MockOperator.Operator.Quotas;

/// <summary>One period of a quota.</summary>
/// <param name="Name">Its name: <c>2026-11</c>, <c>2026-W48</c>, <c>2026-11-26</c> or <c>2026-11-26T17+0000</c>. Periods of one kind and time zone have names of their own.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When the next begins.</param>
public sealed record QuotaWindow(string Name, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Whether another period is the one to count in from now on. Never one that ends earlier, unless the kind of period was edited: a clock that goes back grants nothing twice.</summary>
    /// <param name="next">What the calendar says now.</param>
    public bool IsFollowedBy(QuotaWindow next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next.Name != Name && (next.Name.Length != Name.Length || next.End > End);
    }
}
