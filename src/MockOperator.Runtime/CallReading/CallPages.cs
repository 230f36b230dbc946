using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.CallReading;

/// <summary>Reads the journals of several mocks as one, newest first.</summary>
internal sealed class CallPages
{
    private const int AtOnce = 64;
    private readonly List<Source> _sources = [];

    /// <summary>Reads.</summary>
    /// <param name="mocks">The mocks.</param>
    /// <param name="before">Of calls with lower numbers.</param>
    public CallPages(IEnumerable<HostedMock> mocks, long before)
    {
        foreach (HostedMock mock in mocks)
        {
            var source = new Source(mock, before);
            if (source.Advance())
            {
                _sources.Add(source);
            }
        }
    }

    /// <summary>The next call; null when there are no more.</summary>
    public (HostedMock Mock, RememberedCall Call)? Next()
    {
        if (_sources.Count == 0)
        {
            return null;
        }

        Source newest = _sources.MaxBy(static source => source.Current.Number)!;
        (HostedMock, RememberedCall) next = (newest.Mock, newest.Current);
        if (!newest.Advance())
        {
            _sources.Remove(newest);
        }

        return next;
    }

    private sealed class Source(HostedMock mock, long before)
    {
        private IReadOnlyList<RememberedCall> _calls = [];
        private int _index = -1;

        public HostedMock Mock => mock;

        public RememberedCall Current => _calls[_index];

        public bool Advance()
        {
            if (++_index == _calls.Count)
            {
                _calls = mock.Calls.ReadBefore(_calls.Count == 0 ? before : _calls[^1].Number, AtOnce);
                _index = 0;
            }

            return _calls.Count > 0;
        }
    }
}
