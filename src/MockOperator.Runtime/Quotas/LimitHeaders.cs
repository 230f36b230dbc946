using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;
using MockOperator.Runtime.Headers;

namespace MockOperator.Runtime.Quotas;

/// <summary>
/// What callers are told of the limits with every answer, as Postman does: <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers-07, the form that Postman's API has),
/// <c>X-RateLimit-*</c> for the rate limit, <c>X-RateLimit-*-Month</c> for a monthly quota. Made now and then, so that an answer costs no string.
/// </summary>
internal sealed class LimitHeaders
{
    private readonly KeyValuePair<string, StringValues>[] _headers;
    private readonly byte[]? _lines;

    private LimitHeaders(KeyValuePair<string, StringValues>[] headers)
    {
        _headers = headers;
        _lines = RawHeaders.Lines(headers);
    }

    /// <summary>Names and values.</summary>
    public ReadOnlySpan<KeyValuePair<string, StringValues>> Headers => _headers;

    /// <summary>Makes them.</summary>
    /// <param name="bucket">The rate limit; null for none.</param>
    /// <param name="allotments">What is held of each quota.</param>
    /// <param name="time">The clock.</param>
    public static LimitHeaders Of(RateBucket? bucket, IReadOnlyList<Allotment> allotments, TimeProvider time)
    {
        var headers = new List<KeyValuePair<string, StringValues>>();
        var policy = new StringBuilder();
        (long Limit, long Remaining, long Reset)? nearest = null;
        long now = time.GetTimestamp();
        if (bucket is not null)
        {
            (long remaining, TimeSpan reset) = bucket.Look(now);
            policy.Append(CultureInfo.InvariantCulture, $"{bucket.Requests};w={(long)bucket.Per.TotalSeconds}");
            nearest = (bucket.Requests, remaining, Whole(reset));
            Add(headers, "X-RateLimit-Limit", bucket.Requests);
            Add(headers, "X-RateLimit-Remaining", remaining);
            Add(headers, "X-RateLimit-Reset", (time.GetUtcNow() + reset).AddMilliseconds(999).ToUnixTimeSeconds());
        }

        (long Limit, long Remaining)? month = null;
        foreach (Allotment allotment in allotments)
        {
            if (allotment.Period.Length == 0)
            {
                continue;
            }

            long remaining = allotment.Remaining;
            policy.Append(policy.Length == 0 ? "" : ", ")
                .Append(CultureInfo.InvariantCulture, $"{allotment.Limit};w={PeriodName.Seconds(allotment.Period)};comment=\"{allotment.Quota.Name}\"");
            if (nearest is null || remaining < nearest.Value.Remaining)
            {
                nearest = (allotment.Limit, remaining, Whole(allotment.EndsAt > now ? time.GetElapsedTime(now, allotment.EndsAt) : TimeSpan.Zero));
            }

            if (PeriodName.Kind(allotment.Period) == "month" && (month is null || remaining < month.Value.Remaining))
            {
                month = (allotment.Limit, remaining);
            }
        }

        if (month is { } monthly)
        {
            Add(headers, "X-RateLimit-Limit-Month", monthly.Limit);
            Add(headers, "X-RateLimit-Remaining-Month", monthly.Remaining);
        }

        if (nearest is { } told)
        {
            headers.Add(new("RateLimit-Policy", policy.ToString()));
            headers.Add(new("RateLimit", string.Create(CultureInfo.InvariantCulture, $"limit={told.Limit}, remaining={told.Remaining}, reset={told.Reset}")));
        }

        return new LimitHeaders([.. headers]);
    }

    /// <summary>Adds them where an example has none of its own. Allocates nothing.</summary>
    /// <param name="response">The headers of the answer.</param>
    /// <param name="mayHaveOwn">Whether any of them may be there already. Looking takes as long as adding, and hardly any example has one.</param>
    /// <returns>Whether they were added as lines, and are not to be found among the headers of the answer.</returns>
    public bool Write(IHeaderDictionary response, bool mayHaveOwn)
    {
        if (!mayHaveOwn && _lines is { Length: > 0 } && RawHeaders.TryAdd(response, _lines))
        {
            return true;
        }

        foreach (KeyValuePair<string, StringValues> header in _headers)
        {
            if (!mayHaveOwn || !response.ContainsKey(header.Key))
            {
                response[header.Key] = header.Value;
            }
        }

        return false;
    }

    private static long Whole(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);

    private static void Add(List<KeyValuePair<string, StringValues>> headers, string name, long value) =>
        headers.Add(new(name, value.ToString(CultureInfo.InvariantCulture)));
}
