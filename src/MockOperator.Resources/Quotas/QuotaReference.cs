namespace MockOperator.Resources;

/// <summary>A quota that counts the calls of a mock, as the definition of a mock names it.</summary>
public sealed record QuotaReference
{
    /// <summary>Most quotas that can cover one mock.</summary>
    public const int MaxOfMock = 8;

    /// <summary>Name of the MockQuota.</summary>
    public string Name { get; init; } = "";

    /// <summary>UID of the MockQuota: one that is deleted and made again is another.</summary>
    public string Uid { get; init; } = "";

    /// <inheritdoc cref="MockQuotaSpec.OnExhaustedGrant"/>
    public ExhaustedGrant? OnExhaustedGrant { get; init; }
}
