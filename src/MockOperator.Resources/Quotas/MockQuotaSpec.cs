namespace MockOperator.Resources;

/// <summary>How many calls mocks of a namespace may answer in a period. Every field can be edited at any time.</summary>
public sealed record MockQuotaSpec
{
    /// <summary>Most calls that may be passed to <see cref="Calls"/>.</summary>
    public const long MaxCalls = 1_000_000_000_000;

    /// <summary>Calls that may be answered in a period, 0 to <see cref="MaxCalls"/>. 0 refuses every call.</summary>
    public long? Calls { get; init; }

    /// <summary>How long they last. Default <see cref="QuotaPeriod.Month"/>.</summary>
    public QuotaPeriod? Period { get; init; }

    /// <summary>The time zone whose calendar divides the periods, by its name in the IANA database. Default <c>UTC</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The mocks that share the calls. Default: all of the namespace.</summary>
    public MockSelector? Selector { get; init; }

    /// <summary>Percentages of <see cref="Calls"/> at which the quota warns, 1 to 100, at most 10. Default 80.</summary>
    public IReadOnlyList<int>? WarnAt { get; init; }

    /// <summary>What pods do without the operator. Default <see cref="ExhaustedGrant.Refuse"/>.</summary>
    public ExhaustedGrant? OnExhaustedGrant { get; init; }
}
