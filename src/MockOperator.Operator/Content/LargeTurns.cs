namespace MockOperator.Operator.Content;

/// <summary>
/// Whose large collection is read next. One is read at a time, because it takes many times its size meanwhile; namespaces take turns, and in each the readers in the order in which they came.
/// Nobody waits here: a reader whose turn has not come goes away and is woken for it, so that no worker is held and no time limit runs.
/// </summary>
public sealed class LargeTurns : IDisposable
{
    /// <summary>How long a reader that was woken may take to come before its turn goes to the next.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly LinkedList<string> _rotation = new();
    private readonly Dictionary<string, LinkedList<(string Reader, Action Wake)>> _lines = new(StringComparer.Ordinal);
    private readonly ITimer _patience;
    private (string Namespace, string Reader)? _called;
    private bool _isTaken;

    /// <summary>Creates it with nobody in line.</summary>
    /// <param name="time">The clock of <see cref="Patience"/>.</param>
    public LargeTurns(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _patience = time.CreateTimer(_ => GoOn(isLate: true), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Number of readers that wait to be woken.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _lines.Values.Sum(static line => line.Count);
            }
        }
    }

    /// <summary>Takes the turn, or a place in the line.</summary>
    /// <param name="ns">Namespace of the reader.</param>
    /// <param name="reader">The reader; in line once at most.</param>
    /// <param name="wake">Called when its turn has come; must not block.</param>
    /// <returns>Whether it is the reader's turn: then it ends with <see cref="End"/>.</returns>
    public bool TryTake(string ns, string reader, Action wake)
    {
        lock (_gate)
        {
            if (!_isTaken && (_called is null || _called == (ns, reader)))
            {
                _called = null;
                _isTaken = true;
                Drop(ns, reader);
                return true;
            }

            if (!_lines.TryGetValue(ns, out LinkedList<(string Reader, Action Wake)>? line))
            {
                _lines[ns] = line = new();
                _rotation.AddLast(ns);
            }

            if (!line.Any(waiting => waiting.Reader == reader))
            {
                line.AddLast((reader, wake));
            }

            return false;
        }
    }

    /// <summary>Ends the turn.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isTaken = false;
        }

        GoOn(isLate: false);
    }

    /// <summary>Gives up a place in the line, or a turn that was not taken yet: the reader needs none.</summary>
    /// <param name="ns">Namespace of the reader.</param>
    /// <param name="reader">The reader.</param>
    public void Leave(string ns, string reader)
    {
        lock (_gate)
        {
            Drop(ns, reader);
            if (_called != (ns, reader))
            {
                return;
            }

            _called = null;
        }

        GoOn(isLate: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _patience.Dispose();

    private void GoOn(bool isLate)
    {
        Action wake;
        lock (_gate)
        {
            if (_isTaken || (_called is not null && !isLate) || _rotation.First is not { } next)
            {
                _called = _isTaken || !isLate ? _called : null;
                return;
            }

            string ns = next.Value;
            LinkedList<(string Reader, Action Wake)> line = _lines[ns];
            (string reader, wake) = line.First!.Value;
            line.RemoveFirst();
            _rotation.RemoveFirst();
            _rotation.AddLast(ns);
            Tidy(ns, line);
            _called = (ns, reader);
            _patience.Change(Patience, Timeout.InfiniteTimeSpan);
        }

        wake();
    }

    private void Drop(string ns, string reader)
    {
        if (!_lines.TryGetValue(ns, out LinkedList<(string Reader, Action Wake)>? line))
        {
            return;
        }

        for (LinkedListNode<(string Reader, Action Wake)>? node = line.First; node is not null; node = node.Next)
        {
            if (node.Value.Reader == reader)
            {
                line.Remove(node);
                break;
            }
        }

        Tidy(ns, line);
    }

    private void Tidy(string ns, LinkedList<(string Reader, Action Wake)> line)
    {
        if (line.Count == 0)
        {
            _lines.Remove(ns);
            _rotation.Remove(ns);
        }
    }
}
