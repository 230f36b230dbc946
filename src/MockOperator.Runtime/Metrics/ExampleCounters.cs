using MockOperator.Mocking.Serving;
using Prometheus;

namespace MockOperator.Runtime.Metrics;

/// <summary>
/// Tells of each mock how often its most used examples were sent: <see cref="MostTold"/> of them by name, the others together, so that the label set is bounded however many examples there are. An
/// example that stays the same in an edit goes on with its count. Looked up when somebody asks, so calls cost nothing but a count.
/// </summary>
internal sealed class ExampleCounters(MetricFactory factory)
{
    /// <summary>Examples of a mock that are told by name.</summary>
    public const int MostTold = 20;

    /// <summary>Characters of a label; the rest of a longer name is left out.</summary>
    public const int MostCharacters = 120;

    /// <summary>The label of those that are not told by name.</summary>
    public const string Others = "(others)";

    private readonly Counter _counter = factory.CreateCounter("mock_example_requests_total", "Times that an example was sent: the most used 20 of a mock, and all others together.", ["mock", "request", "example"]);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Mock> _mocks = new(StringComparer.Ordinal);

    /// <summary>Tells of the content of a mock from now on.</summary>
    public void Watch(string mock, ExampleUsage usage)
    {
        lock (_gate)
        {
            if (_mocks.GetValueOrDefault(mock) is not { } known)
            {
                _mocks[mock] = new Mock(usage);
                return;
            }

            if (known.Usage == usage)
            {
                return;
            }

            known.Note();
            known.Follow(usage);
        }
    }

    /// <summary>Tells no more of a mock.</summary>
    public void Forget(string mock)
    {
        lock (_gate)
        {
            if (_mocks.Remove(mock, out Mock? known))
            {
                foreach ((string request, string example) in known.Told.Keys)
                {
                    _counter.RemoveLabelled(mock, request, example);
                }
            }
        }
    }

    /// <summary>Looks.</summary>
    public void Update()
    {
        lock (_gate)
        {
            foreach ((string name, Mock mock) in _mocks)
            {
                Dictionary<(string, string), double> before = mock.Told;
                mock.Note();
                mock.Told = mock.Tell();
                foreach ((string request, string example) in before.Keys.Except(mock.Told.Keys))
                {
                    _counter.RemoveLabelled(name, request, example);
                }

                foreach (((string request, string example), double count) in mock.Told)
                {
                    _counter.WithLabels(name, request, example).IncTo(count);
                }
            }
        }
    }

    private sealed class Mock(ExampleUsage usage)
    {
        private long[] _counted = new long[usage.Length];

        // Of each example, what was told among the others: no call is told twice, whenever an example gets or loses a name of its own.
        private long[] _amongOthers = new long[usage.Length];
        private HashSet<int> _named = [];
        private double _others;

        public ExampleUsage Usage { get; private set; } = usage;

        public Dictionary<(string Request, string Example), double> Told { get; set; } = [];

        /// <summary>Counts what has come since the last time, and decides who is told by name.</summary>
        public void Note()
        {
            long[] before = _counted;
            _counted = [.. Enumerable.Range(0, before.Length).Select(example => Usage[example])];
            _named = [.. MostUsed()];
            for (int example = 0; example < before.Length; example++)
            {
                long more = _counted[example] - before[example];
                if (more != 0 && !_named.Contains(example))
                {
                    _amongOthers[example] += more;
                    _others += more;
                }
            }
        }

        /// <summary>Goes on with the content of another revision.</summary>
        public void Follow(ExampleUsage usage)
        {
            var counts = new Dictionary<ServedExample, (long Count, long AmongOthers)>();
            for (int example = 0; example < _counted.Length; example++)
            {
                if (_counted[example] > 0)
                {
                    counts.TryAdd(Usage.Example(example), (_counted[example], _amongOthers[example]));
                }
            }

            _counted = new long[usage.Length];
            _amongOthers = new long[usage.Length];
            for (int example = 0; counts.Count > 0 && example < usage.Length; example++)
            {
                if (counts.Remove(usage.Example(example), out (long Count, long AmongOthers) known))
                {
                    usage.Add(example, known.Count);
                    (_counted[example], _amongOthers[example]) = known;
                }
            }

            Usage = usage;
        }

        public Dictionary<(string, string), double> Tell()
        {
            var told = new Dictionary<(string, string), double>();
            foreach (int example in _named)
            {
                ServedExample named = Usage.Example(example);
                (string, string) labels = (Short($"{named.Method} {named.Path}"), Short(named.Name));
                told[labels] = told.GetValueOrDefault(labels) + _counted[example] - _amongOthers[example];
            }

            if (_others > 0)
            {
                told[(Others, Others)] = _others;
            }

            return told;
        }

        private IEnumerable<int> MostUsed()
        {
            var most = new PriorityQueue<int, (long Count, int Place)>(MostTold + 1);
            for (int example = 0; example < _counted.Length; example++)
            {
                if (_counted[example] > 0)
                {
                    most.Enqueue(example, (_counted[example], -example));
                    if (most.Count > MostTold)
                    {
                        most.Dequeue();
                    }
                }
            }

            return most.UnorderedItems.Select(static item => item.Element);
        }

        private static string Short(string text)
        {
            int length = Math.Min(text.Length, MostCharacters);

            // Half a character is none.
            return length == text.Length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
        }
    }
}
