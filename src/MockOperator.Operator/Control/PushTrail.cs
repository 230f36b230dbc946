using MockOperator.Resources;

namespace MockOperator.Operator.Control;

/// <summary>What is remembered of the pushes of one mock: the one that is under way, and the last revisions.</summary>
internal sealed class PushTrail
{
    private readonly Lock _gate = new();
    private readonly List<string> _revisions = new(BundleTransfer.MaxSuperseded + 1);
    private CancellationTokenSource? _current;

    /// <summary>Begins a push and ends the one before.</summary>
    /// <param name="revision">The revision that is pushed.</param>
    /// <param name="replaced">The revision that was applied before; null for none.</param>
    /// <param name="stopping">Ends it, too.</param>
    /// <returns>The revisions that it replaces, and what ends it; the caller gives the latter back with <see cref="End"/>.</returns>
    public (string[] Supersedes, CancellationTokenSource Ending) Begin(string revision, string? replaced, CancellationToken stopping)
    {
        lock (_gate)
        {
            _current?.Cancel();
            if (replaced is not null)
            {
                Note(replaced);
            }

            _revisions.Remove(revision);
            string[] supersedes = [.. _revisions];
            Note(revision);
            _current = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            return (supersedes, _current);
        }
    }

    /// <summary>Says that a push has ended.</summary>
    public void End(CancellationTokenSource ending)
    {
        lock (_gate)
        {
            if (_current == ending)
            {
                _current = null;
            }
        }

        ending.Dispose();
    }

    /// <summary>Ends the push that is under way.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _current?.Cancel();
        }
    }

    private void Note(string revision)
    {
        _revisions.Remove(revision);
        _revisions.Add(revision);
        if (_revisions.Count > BundleTransfer.MaxSuperseded)
        {
            _revisions.RemoveAt(0);
        }
    }
}
