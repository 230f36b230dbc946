namespace MockOperator.Mocking.Matching;

/// <summary>
/// How much work one request may cause, so that none keeps a thread busy, whatever its path, query, headers and body. Work is counted before it is done, in
/// units of about a nanosecond, and counted rather than timed: the same request has the same outcome on every machine. What is left unfinished decides
/// nothing: a search that its budget ended has no winner.
/// </summary>
public struct WorkBudget
{
    /// <summary>Units of a match on a socket's thread, where other connections wait: about a tenth of a millisecond.</summary>
    public const long OfSocketThread = 100_000;

    /// <summary>Units of a match on the thread pool: about a tenth of a second. Enough for a body of 10 MB that is compared as a whole, in every way there is.</summary>
    public const long OfRequest = 100_000_000;

    /// <summary>Most parameters of a query that is compared.</summary>
    public const int MaxParameters = 1000;

    /// <summary>Most JSON values or form fields of a body that is compared part by part.</summary>
    public const int MaxParts = 200_000;

    private const long BetweenChecks = 200_000;

    private readonly CancellationToken _cancellation;
    private long _limit;
    private long _nextCheck;

    /// <summary>A budget.</summary>
    /// <param name="units">Units that may be spent.</param>
    /// <param name="cancellation">Fires when nobody waits for the outcome any more.</param>
    public WorkBudget(long units, CancellationToken cancellation = default)
    {
        _limit = units;
        _cancellation = cancellation;
        _nextCheck = cancellation.CanBeCanceled ? 0 : long.MaxValue;
    }

    /// <summary>Units that were spent.</summary>
    public long Used { get; private set; }

    /// <summary>What ended the budget; <see cref="RequestExcess.None"/> as long as nothing did.</summary>
    public RequestExcess Excess { get; private set; }

    /// <summary>Whether the work was given up.</summary>
    internal readonly bool IsSpent => Excess != RequestExcess.None;

    /// <summary>Takes units for work that is about to be done.</summary>
    /// <param name="units">How many, at least 0.</param>
    /// <param name="on">What the work is spent on.</param>
    /// <returns>False when so many are not left: then the work must not be done, and nothing is left any more.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits for the outcome.</exception>
    internal bool TrySpend(long units, RequestExcess on)
    {
        long used = Used + units;
        if (used > _limit)
        {
            End(on);
            return false;
        }

        Used = used;
        if (used >= _nextCheck)
        {
            _nextCheck = used + BetweenChecks;
            _cancellation.ThrowIfCancellationRequested();
        }

        return true;
    }

    /// <summary>Gives the work up because a limit is passed.</summary>
    internal void End(RequestExcess on)
    {
        Excess = IsSpent ? Excess : on;
        _limit = long.MinValue;
    }
}
