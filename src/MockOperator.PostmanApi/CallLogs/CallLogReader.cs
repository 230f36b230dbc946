using MockOperator.Client.Calls;
using MockOperator.Resources;

namespace MockOperator.PostmanApi.CallLogs;

/// <summary>Reads pages of calls in either direction. Pods tell the newest first; for the oldest, all that fit are walked through, and only a page of them is kept.</summary>
internal sealed class CallLogReader(MockCalls calls, CancellationToken cancellationToken)
{
    /// <summary>Most listings of one page: calls that all pods of a mock can remember are fewer.</summary>
    private const int MostListings = 200;

    /// <summary>Pods that did not tell their calls.</summary>
    public IReadOnlyList<SilentPod> Silent { get; private set; } = [];

    /// <summary>Pods that there are.</summary>
    public int Pods { get; private set; }

    /// <summary>The newest calls before the cursor.</summary>
    public async Task<(IReadOnlyList<PodCall> Page, bool More)> NewestAsync(CallLogQuery query)
    {
        var filter = query.Cursor is { } begin ? query.Filter with { Until = Earlier(query.Filter.Until, begin.ServedAt) } : query.Filter;
        var page = new List<PodCall>();
        string? position = null;
        for (var listings = 0; listings < MostListings; listings++)
        {
            var listing = await ListAsync(filter, query.Limit + 1, position);
            foreach (var call in listing.Calls.Where(call => !WasGiven(call, query.Cursor)))
            {
                if (page.Count == query.Limit)
                    return (page, true);
                page.Add(call);
            }

            if ((position = listing.Next) is null)
                break;
        }

        return (page, false);
    }

    /// <summary>The oldest calls after the cursor.</summary>
    public async Task<(IReadOnlyList<PodCall> Page, bool More)> OldestAsync(CallLogQuery query)
    {
        var filter = query.Cursor is { } begin ? query.Filter with { Since = Later(query.Filter.Since, begin.ServedAt) } : query.Filter;
        var plain = filter with { Include = null };
        var oldest = new Queue<PodCall>();
        string? position = null;
        for (var listings = 0; listings < MostListings; listings++)
        {
            var listing = await ListAsync(plain, CallsPort.MostOfPage, position);
            foreach (var call in listing.Calls.Where(call => !WasGiven(call, query.Cursor)))
            {
                oldest.Enqueue(call);
                if (oldest.Count > query.Limit + 1)
                    oldest.Dequeue();
            }

            if ((position = listing.Next) is null)
                break;
        }

        var page = oldest.Reverse().Take(query.Limit).ToList();
        var more = oldest.Count > query.Limit;
        return (page.Count > 0 && filter.Include is not null ? await CompleteAsync(page, filter) : page, more);
    }

    /// <summary>The same calls with what was asked for of them; one that was forgotten meanwhile stays as it was.</summary>
    private async Task<IReadOnlyList<PodCall>> CompleteAsync(List<PodCall> page, CallFilter filter)
    {
        var whole = new Dictionary<string, PodCall>(StringComparer.Ordinal);
        var within = filter with { Since = page[0].Call.ServedAt, Until = page[^1].Call.ServedAt };
        string? position = null;
        for (var listings = 0; listings < MostListings && page.Any(call => !whole.ContainsKey(call.Call.Id)); listings++)
        {
            var listing = await ListAsync(within, CallLogQuery.MostOfPage, position);
            foreach (var call in listing.Calls)
                whole[call.Call.Id] = call;
            if ((position = listing.Next) is null)
                break;
        }

        return [.. page.Select(call => whole.GetValueOrDefault(call.Call.Id, call))];
    }

    private async Task<CallListing> ListAsync(CallFilter filter, int limit, string? position)
    {
        var listing = await calls.ReadAsync(filter, limit, position, cancellationToken);
        Silent = listing.Silent;
        Pods = listing.Pods;
        return listing;
    }

    private static bool WasGiven(PodCall call, CallLogCursor? cursor) => cursor is not null && call.Call.ServedAt == cursor.ServedAt && cursor.Given.Contains(call.Call.Id);

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
