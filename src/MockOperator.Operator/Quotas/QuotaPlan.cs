using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>
/// Who is granted how much, who gives back how much, and who hears that nothing is left. Blocks follow the rate of each process, so that grants depend on time and the number of processes and not on the
/// number of calls; they get smaller towards the end, and what one process holds idle goes to another that needs it. Until it has, within seconds, callers of that one may be told to try again.
/// </summary>
/// <param name="Grants">Calls granted, by process.</param>
/// <param name="Recalls">How many unspent calls a process may keep, by process.</param>
/// <param name="Exhausted">The processes for which nothing is left.</param>
public sealed record QuotaPlan(IReadOnlyDictionary<QuotaDemand, long> Grants, IReadOnlyDictionary<QuotaDemand, long> Recalls, IReadOnlySet<QuotaDemand> Exhausted)
{
    /// <summary>For how long a block should last at the present rate.</summary>
    public static readonly TimeSpan BlockTime = TimeSpan.FromSeconds(10);

    /// <summary>A block of a process without calls: enough that the first of a burst need not wait.</summary>
    public const long SmallBlock = 20;

    /// <summary>A rate below which a process is idle: what it holds can be asked back whole.</summary>
    public const double IdleRate = 0.1;

    /// <summary>Plans, and enters the grants into the books.</summary>
    /// <param name="ledger">The books; they are changed.</param>
    /// <param name="demands">What the processes need.</param>
    public static QuotaPlan Of(QuotaLedger ledger, IReadOnlyCollection<QuotaDemand> demands)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(demands);
        var grants = new Dictionary<QuotaDemand, long>();
        var recalls = new Dictionary<QuotaDemand, long>();
        var exhausted = new HashSet<QuotaDemand>();
        List<QuotaDemand> wanting = [.. demands.Where(static demand => demand.IsWanting).OrderBy(static demand => demand.Rate < IdleRate).ThenBy(demand => Unspent(ledger, demand))];
        bool isAnyBusy = demands.Any(static demand => demand.Rate >= IdleRate);

        // What is left is shared among those that need it. Others ask when calls come, and get what is asked back then: a share for each of them would only be granted in ever smaller parts.
        int sharing = demands.Count(static demand => demand.IsWanting || demand.Rate >= IdleRate);
        foreach (QuotaDemand demand in wanting)
        {
            // Towards the end, calls are not laid aside where none come.
            if (demand.Rate < IdleRate && isAnyBusy && ledger.Ungranted < SmallBlock * demands.Count)
            {
                continue;
            }

            long block = Math.Min(BlockOf(ledger.Ungranted, sharing, demand.Rate), ledger.Ungranted);
            if (block > 0 && ledger.Grant(demand.Mock, demand.Pod, demand.Instance, block))
            {
                grants[demand] = block;
            }
        }

        if (ledger.Ungranted < 0)
        {
            // The limit was lowered: nobody spends on.
            foreach (QuotaDemand demand in demands.Where(demand => Unspent(ledger, demand) > 0))
            {
                recalls[demand] = 0;
            }
        }

        foreach (QuotaDemand demand in wanting.Where(demand => !grants.ContainsKey(demand) && Unspent(ledger, demand) <= 0))
        {
            List<QuotaDemand> others = [.. demands.Where(other => other != demand && other.CanBeRecalled && Unspent(ledger, other) > 0)];
            if (ledger.Ungranted + others.Sum(other => Unspent(ledger, other)) <= 0)
            {
                exhausted.Add(demand);
            }

            // One without calls has time until its first; it asks again then.
            if (demand.Rate < IdleRate)
            {
                continue;
            }

            // The last call of one that has calls itself stays where it is, or it would go round among those that want it.
            foreach (QuotaDemand other in others.Where(other => other.Rate < IdleRate || Unspent(ledger, other) > 1))
            {
                recalls[other] = ledger.Ungranted < 0 || other.Rate < IdleRate ? 0 : (Unspent(ledger, other) + 1) / 2;
            }
        }

        return new QuotaPlan(grants, recalls, exhausted);
    }

    /// <summary>The size of a block.</summary>
    /// <param name="ungranted">Calls that can still be granted.</param>
    /// <param name="processes">Processes that share them.</param>
    /// <param name="rate">Calls in a second.</param>
    /// <returns>1 at least; 0 when nothing can be granted.</returns>
    public static long BlockOf(long ungranted, int processes, double rate)
    {
        if (ungranted <= 0)
        {
            return 0;
        }

        double lasting = Math.Min(Math.Max(double.IsFinite(rate) ? rate : 0, 0) * BlockTime.TotalSeconds, MockQuotaSpec.MaxCalls);
        long most = Math.Max(1, ungranted / Math.Max(1, processes));
        return Math.Clamp((long)Math.Ceiling(Math.Max(lasting, SmallBlock)), 1, most);
    }

    private static long Unspent(QuotaLedger ledger, QuotaDemand demand) => ledger.Find(demand.Mock, demand.Instance)?.Unspent ?? 0;
}
