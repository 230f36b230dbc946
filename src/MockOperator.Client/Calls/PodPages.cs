using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>The calls of one pod from a cursor on, newest first, read as they are needed.</summary>
internal sealed class PodPages(PodCalls pod, CallFilter filter, CallCursor? cursor, int size)
{
    // A page may hold nothing that was asked for and yet not be the last; a pod that goes on so for ever is not followed.
    private const int MostPages = 1000;

    private readonly CallFilter _filter = cursor is null || filter.Until < cursor.ServedAt ? filter : filter with { Until = cursor.ServedAt };
    private readonly Queue<MockCall> _calls = new();
    private string? _next;
    private int _pages;

    /// <summary>Name of the pod.</summary>
    public string Pod => pod.Name;

    /// <summary>Why the pod was not read to the end; null when nothing was in the way.</summary>
    public SilentPod? Silent { get; private set; }

    /// <summary>Whether nothing is at hand, and a page may bring something.</summary>
    public bool IsHungry => Silent is null && _calls.Count == 0 && (_pages == 0 || _next is not null);

    /// <summary>The newest call that was not taken; null for none.</summary>
    public MockCall? First => _calls.TryPeek(out var call) ? call : null;

    /// <summary>Calls that the pod remembers.</summary>
    public long Remembered { get; private set; }

    /// <summary>Calls that the pod dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes the first call.</summary>
    public PodCall Take() => new(Pod, _calls.Dequeue());

    /// <summary>Reads until something is at hand, the end is reached, or the pod falls silent.</summary>
    public async Task FeedAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (IsHungry)
            {
                if (_pages++ == MostPages)
                    throw new SilenceException(Silence.Unreadable, "The pod's pages do not come to an end.");
                var page = await pod.ReadPageAsync(_filter, size, _next, cancellationToken);
                _next = page.Next;
                Remembered = page.Remembered;
                Dropped = page.Dropped;
                foreach (var call in page.Calls)
                {
                    if (cursor is null || !(call.ServedAt == cursor.ServedAt && cursor.Given.Contains(call.Id)))
                        _calls.Enqueue(call);
                }
            }
        }
        catch (SilenceException e)
        {
            Silent = new SilentPod(Pod, e.Reason, e.Message);
        }
    }
}
