namespace MockOperator.Resources;

/// <summary>The CEL of each kind, put together from where it stands beside the C# that says the same.</summary>
public static class CelRules
{
    /// <summary>The rules of a MockServer.</summary>
    public static IEnumerable<CelRule> OfMockServer =>
    [
        .. MockServerRules.Cel,
        .. CollectionRules.CelOfSource(".spec.collection", CollectionRules.Embedded),
        .. ApiKeyRules.Cel,
        .. CorsRules.Cel,
        .. DelayRules.Cel,
        .. ServerResponseRules.Cel,
        .. RateLimitRules.Cel,
        .. CallLogRules.Cel,
    ];

    /// <summary>The rules of a Collection.</summary>
    public static IEnumerable<CelRule> OfCollection => CollectionRules.Cel;

    /// <summary>The rules of a MockQuota.</summary>
    public static IEnumerable<CelRule> OfMockQuota => [.. MockQuotaRules.Cel, .. MockSelectorRules.Cel];
}
