using System.Net;
using MockOperator.Operator.Conditions;

namespace MockOperator.Operator.Control;

/// <summary>What is known of one pod and one revision. Written by the one task that asks, read by reconciles.</summary>
internal sealed class PodInquiry(RuntimePod pod, string revision, CancellationTokenSource cancellation)
{
    private const int LongestProblem = 300;

    // The first failures are ordinary while a pod starts or reads its new token: only a pod that stays silent is a problem to tell.
    private const int OrdinaryFailures = 4;

    private volatile Word _word = new();

    public RuntimePod Pod { get; } = pod;

    public string Revision { get; } = revision;

    /// <summary>Whether the pod serves the revision.</summary>
    public bool Acknowledged => _word.Acknowledged;

    /// <summary>Whether the pod answered with another revision, or does not know the token yet: its files are old.</summary>
    public bool Stale => _word.Stale;

    /// <summary>Why the pod does not serve the revision, or cannot be asked.</summary>
    public string? Problem => _word.Problem;

    /// <summary>Why the pod, which serves the revision, refuses every call.</summary>
    public string? KeyProblem => _word.KeyProblem;

    /// <summary>Whether the pod serves the revision and admits callers.</summary>
    public bool IsWell => _word is { Acknowledged: true, KeyProblem: null };

    public CancellationToken Cancelled { get; } = cancellation.Token;

    /// <summary>Notes a reply. Returns whether it says anything that was not known.</summary>
    public bool Note(RevisionReply reply)
    {
        bool isServed = reply.Revision == Revision;
        string? problem = reply.Problem is { } said ? BoundedText.Cut(said, LongestProblem) : null;

        // Whoever serves the revision and has a problem all the same lacks the keys of a private mock.
        return Say(new Word(isServed, !isServed && problem is null, isServed ? null : problem, isServed ? problem : null));
    }

    /// <summary>Notes that the pod could not be asked, so many times in a row. Returns whether that is news; in which words it failed is none.</summary>
    public bool Note(PodCallException failure, int times)
    {
        if (times < OrdinaryFailures)
        {
            return false;
        }

        bool wasKnown = Problem is not null;
        bool isNews = Say(_word with { Stale = failure.Status == HttpStatusCode.Unauthorized, Problem = BoundedText.Cut(failure.Message, LongestProblem) });
        return isNews && !wasKnown;
    }

    public void Cancel()
    {
        cancellation.Cancel();
        cancellation.Dispose();
    }

    private bool Say(Word word)
    {
        bool isNews = word != _word;
        _word = word;
        return isNews;
    }

    private sealed record Word(bool Acknowledged = false, bool Stale = false, string? Problem = null, string? KeyProblem = null);
}
