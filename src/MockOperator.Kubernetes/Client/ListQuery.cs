using System.Text;

namespace MockOperator.Kubernetes.Client;

/// <summary>Which objects to list, and from where to go on.</summary>
public sealed record ListQuery
{
    /// <summary>The namespace; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Label selector, such as <c>app=x,!legacy</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector, such as <c>metadata.name=x</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Objects a page, 1 to 500.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? Continue { get; init; }

    internal string ToQueryString()
    {
        var query = new StringBuilder("?limit=").Append(Limit);
        Append(query, "labelSelector", LabelSelector);
        Append(query, "fieldSelector", FieldSelector);
        Append(query, "continue", Continue);
        return query.ToString();
    }

    internal static void Append(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
