namespace MockOperator.Operator.Content;

/// <summary>
/// Remembers for a moment what was made of collections, so that one edit is parsed, compiled and compressed once and not for each mock that it reaches. Bounded in bytes and in time; when bytes are
/// short, the namespace that keeps most gives up its oldest.
/// </summary>
public sealed class PreparedCollections : IDisposable
{
    /// <summary>Most bytes of all together: 16 MiB. What is larger is prepared for each mock anew.</summary>
    public const long MaxBytes = 16L * 1024 * 1024;

    /// <summary>How long something is kept that nobody asks for: mocks of one edit come one after the other.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ITimer _expiry;

    /// <summary>Creates an empty memory.</summary>
    /// <param name="time">The clock of <see cref="Lifetime"/>.</param>
    public PreparedCollections(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _expiry = time.CreateTimer(_ => Expire(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Bytes that are kept now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _entries.Values.Sum(static entry => entry.Collection.KeptBytes);
            }
        }
    }

    /// <summary>Looks for something prepared.</summary>
    /// <param name="key">Names the versions of everything that it is made from.</param>
    public PreparedCollection? Find(string key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out Entry? entry))
            {
                return null;
            }

            entry.Used = _time.GetTimestamp();
            return entry.Collection;
        }
    }

    /// <summary>Keeps something.</summary>
    /// <param name="ns">The namespace on whose account it is kept.</param>
    /// <param name="key">Names the versions of everything that it is made from.</param>
    /// <param name="collection">It.</param>
    public void Keep(string ns, string key, PreparedCollection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (collection.KeptBytes > MaxBytes)
        {
            return;
        }

        lock (_gate)
        {
            _entries[key] = new Entry(ns, collection) { Used = _time.GetTimestamp() };
            while (_entries.Values.Sum(static entry => entry.Collection.KeptBytes) > MaxBytes)
            {
                GiveUpOne(key);
            }

            _expiry.Change(Lifetime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _expiry.Dispose();

    private void GiveUpOne(string newest)
    {
        string greediest = _entries.Values.GroupBy(static entry => entry.Namespace, StringComparer.Ordinal)
            .MaxBy(static entries => entries.Sum(static entry => entry.Collection.KeptBytes))!.Key;
        string oldest = _entries.Where(pair => pair.Value.Namespace == greediest && pair.Key != newest)
            .DefaultIfEmpty(_entries.First(pair => pair.Key != newest))
            .MinBy(static pair => pair.Value.Used).Key;
        _entries.Remove(oldest);
    }

    private void Expire()
    {
        lock (_gate)
        {
            foreach (string key in _entries.Where(pair => _time.GetElapsedTime(pair.Value.Used) >= Lifetime).Select(static pair => pair.Key).ToList())
            {
                _entries.Remove(key);
            }

            if (_entries.Count > 0)
            {
                _expiry.Change(Lifetime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private sealed class Entry(string ns, PreparedCollection collection)
    {
        public string Namespace { get; } = ns;

        public PreparedCollection Collection { get; } = collection;

        public long Used { get; set; }
    }
}
