using System.Globalization;
using System.Text;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Watching;

/// <summary>Which objects to watch, from which version, and for how long.</summary>
public sealed record WatchQuery
{
    /// <summary>The namespace; null or empty for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Label selector.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>Changes after this version are told.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>The server ends the watch after this time. Below 240 s, because middleboxes drop flows that are idle longer.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(215);

    /// <summary>The longest event in bytes.</summary>
    public int LongestEvent { get; init; } = 8 * 1024 * 1024;

    internal string ToQueryString()
    {
        var query = new StringBuilder("?watch=true&allowWatchBookmarks=true&timeoutSeconds=")
            .Append(((int)Duration.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        ListQuery.Append(query, "resourceVersion", ResourceVersion);
        ListQuery.Append(query, "labelSelector", LabelSelector);
        ListQuery.Append(query, "fieldSelector", FieldSelector);
        return query.ToString();
    }
}
