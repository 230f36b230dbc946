using System.Globalization;

namespace MockOperator.Kubernetes.Caching;

/// <summary>Comparing resource versions: decimal integers that grow over all objects of a server (official since Kubernetes 1.35, true before).</summary>
internal static class ResourceVersion
{
    /// <summary>The number; null when it is none, so that comparisons are left out instead of wrong.</summary>
    public static ulong? Parse(string? text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
