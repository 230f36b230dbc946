using System.Globalization;

namespace MockOperator.Operator.Desired;

/// <summary>
/// The names of the children of a mock. They follow from the name of the mock alone, so that a second apply after a crash meets the first one's object.
/// </summary>
public static class ChildNames
{
    private const string QuotaSuffix = "-calls";

    /// <summary>Name of Deployment and ServiceAccount.</summary>
    public static string Workload(string mock) => mock + "-mock";

    /// <summary>Name of the Service: the mock's own, because it is the host name that people type.</summary>
    public static string Service(string mock) => mock;

    /// <summary>Name of the ConfigMap in a slot of the bundle; slot 0 holds the index.</summary>
    public static string Bundle(string mock, int slot) =>
        slot == 0 ? mock + "-mock-bundle" : string.Create(CultureInfo.InvariantCulture, $"{mock}-mock-bundle-{slot}");

    /// <summary>Name of the MockQuota that <c>spec.quota</c> asks for.</summary>
    public static string Quota(string mock) => mock + QuotaSuffix;

    /// <summary>The mock whose quota of its own would have this name, or null.</summary>
    public static string? MockOfQuota(string quota)
    {
        ArgumentNullException.ThrowIfNull(quota);
        return quota.Length > QuotaSuffix.Length && quota.EndsWith(QuotaSuffix, StringComparison.Ordinal) ? quota[..^QuotaSuffix.Length] : null;
    }

    /// <summary>The mock to whose bundle a ConfigMap of this name would belong, or null.</summary>
    public static string? MockOfBundle(string configMap)
    {
        ArgumentNullException.ThrowIfNull(configMap);
        int end = configMap.LastIndexOf("-mock-bundle", StringComparison.Ordinal);
        return end > 0 ? configMap[..end] : null;
    }

    /// <summary>URL of the mock inside the cluster.</summary>
    public static string Url(string mock, string ns) => $"http://{Service(mock)}.{ns}.svc";
}
