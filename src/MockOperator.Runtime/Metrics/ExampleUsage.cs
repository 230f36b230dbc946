using MockOperator.Mocking.Serving;

namespace MockOperator.Runtime.Metrics;

/// <summary>How often each example of one content was sent. Counting is an interlocked addition; what is told of it is looked up when somebody asks (<see cref="ExampleCounters"/>).</summary>
internal sealed class ExampleUsage(MockPlan plan)
{
    private readonly long[] _counts = new long[plan.ExampleCount];

    /// <summary>Number of examples.</summary>
    public int Length => _counts.Length;

    /// <summary>Counts an example that was sent.</summary>
    /// <param name="example">Its index; a negative one, of what is no example, is not counted.</param>
    public void Count(int example)
    {
        if (example >= 0)
        {
            Interlocked.Increment(ref _counts[example]);
        }
    }

    /// <summary>How often an example was sent.</summary>
    public long this[int example] => Volatile.Read(ref _counts[example]);

    /// <summary>Names an example.</summary>
    public ServedExample Example(int example) => plan.Example(example);

    /// <summary>Goes on where the content before ended.</summary>
    public void Add(int example, long count) => Interlocked.Add(ref _counts[example], count);
}
