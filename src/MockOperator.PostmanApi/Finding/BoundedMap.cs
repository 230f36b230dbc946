using System.Diagnostics.CodeAnalysis;

namespace MockOperator.PostmanApi.Finding;

/// <summary>Remembers what was put last, and forgets what was put first.</summary>
/// <typeparam name="TKey">By what it is found.</typeparam>
/// <typeparam name="TValue">What is remembered.</typeparam>
/// <param name="most">How many.</param>
internal sealed class BoundedMap<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly Queue<TKey> _order = new();

    public int Count
    {
        get
        {
            lock (_gate)
                return _values.Count;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
            return _values.TryGetValue(key, out value);
    }

    public void Put(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (!_values.TryAdd(key, value))
            {
                _values[key] = value;
                return;
            }

            _order.Enqueue(key);
            if (_order.Count > most)
                _values.Remove(_order.Dequeue());
        }
    }
}
