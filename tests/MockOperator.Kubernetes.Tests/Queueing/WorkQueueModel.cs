using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Kubernetes.Tests.Queueing;

/// <summary>What a work queue should do, written as plainly as possible.</summary>
internal sealed class WorkQueueModel
{
    private readonly List<(int Key, QueuePriority Priority, int Place)> _waiting = [];
    private readonly Dictionary<int, QueuePriority> _again = [];
    private readonly Dictionary<int, (int Due, int Place)> _delayed = [];
    private int _now;
    private int _place;

    public HashSet<int> Working { get; } = [];

    public Dictionary<int, int> Failures { get; } = [];

    public int Depth => _waiting.Count;

    public int KnownKeys => _waiting.Select(w => w.Key).Concat(Working).Concat(_delayed.Keys).Concat(Failures.Keys).Distinct().Count();

    public void Add(int key, QueuePriority priority)
    {
        if (Working.Contains(key))
        {
            _again[key] = _again.TryGetValue(key, out var before) && before > priority ? before : priority;
            return;
        }

        var index = _waiting.FindIndex(w => w.Key == key);
        if (index >= 0 && _waiting[index].Priority >= priority)
            return;
        if (index >= 0)
            _waiting.RemoveAt(index);
        _waiting.Add((key, priority, _place++));
    }

    public void AddAfter(int key, int milliseconds)
    {
        if (!_delayed.TryGetValue(key, out var before) || _now + milliseconds < before.Due)
            _delayed[key] = (_now + milliseconds, _place++);
    }

    public int Fail(int key) => Failures[key] = Failures.GetValueOrDefault(key) + 1;

    public int? Take()
    {
        if (_waiting.Count == 0)
            return null;
        var next = _waiting.OrderByDescending(w => w.Priority).ThenBy(w => w.Place).First();
        _waiting.Remove(next);
        Working.Add(next.Key);
        return next.Key;
    }

    public void Done(int key)
    {
        Working.Remove(key);
        if (_again.Remove(key, out var priority))
            Add(key, priority);
    }

    public void Advance(int milliseconds)
    {
        var end = _now + milliseconds;
        foreach (var (key, _) in _delayed.Where(d => d.Value.Due <= end).OrderBy(d => d.Value).ToList())
        {
            _delayed.Remove(key);
            Add(key, QueuePriority.Normal);
        }

        _now = end;
    }
}
