using System.Globalization;
using System.Text;
using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>Which calls, and what of them. The texts are those of <see cref="CallsPort"/>; pods say what they do not understand.</summary>
public sealed record CallFilter
{
    /// <summary>All calls, without headers and bodies.</summary>
    public static readonly CallFilter All = new();

    /// <summary>Answered then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Answered then or earlier.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Methods, comma-separated.</summary>
    public string? Method { get; init; }

    /// <summary>The path, with the query if it has a question mark. <c>*</c> stands for any characters.</summary>
    public string? Path { get; init; }

    /// <summary>Statuses or classes of them, comma-separated: <c>404</c>, <c>5xx</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Outcomes, comma-separated.</summary>
    public string? Outcome { get; init; }

    /// <summary>A text that the call has somewhere.</summary>
    public string? Text { get; init; }

    /// <summary>What calls come with, comma-separated: <c>request.headers</c>, <c>request.body</c>, <c>response.headers</c>, <c>response.body</c>, <c>nearest</c>.</summary>
    public string? Include { get; init; }

    /// <summary>The filter as a query, without a question mark and perhaps empty.</summary>
    internal StringBuilder ToQuery()
    {
        var query = new StringBuilder();
        Append(query, CallsPort.Since, Timestamp(Since));
        Append(query, CallsPort.Until, Timestamp(Until));
        Append(query, CallsPort.Method, Method);
        Append(query, CallsPort.PathPattern, Path);
        Append(query, CallsPort.Status, Status);
        Append(query, CallsPort.Outcome, Outcome);
        Append(query, CallsPort.Text, Text);
        Append(query, CallsPort.Include, Include);
        return query;
    }

    internal static void Append(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    // To the tick: a page that ends within a second goes on there.
    private static string? Timestamp(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
