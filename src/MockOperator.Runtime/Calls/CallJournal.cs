using System.Buffers.Binary;
using MockOperator.Resources;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Metrics;

namespace MockOperator.Runtime.Calls;

/// <summary>
/// The calls of one mock that this process remembers, newest last. A call is written down before its answer is sent, so whoever has the answer finds the call. Thread-safe: what holds the lock
/// copies bytes and does nothing else.
/// </summary>
internal sealed class CallJournal(CallNumbers numbers, MemoryBudget budget, TimeProvider time)
{
    // So much is copied in one go for a reader, who must not keep callers waiting.
    private const int BytesAtOnce = 256 * 1024;
    private readonly Lock _gate = new();
    private CallLogSettings _settings = CallLogSettings.Of(null, ApiKeyRules.DefaultHeader);
    private CallRing? _ring;
    private long _lastServed;
    private long _droppedBefore;
    private bool _isClosed;

    /// <summary>What the mock says about it.</summary>
    public CallLogSettings Settings => Volatile.Read(ref _settings);

    /// <summary>Calls that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ring?.Remembered ?? 0;
            }
        }
    }

    /// <summary>Calls that made room for others, or for which there was none.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
            {
                return _droppedBefore + (_ring?.Dropped ?? 0);
            }
        }
    }

    /// <summary>The place of the call to come among all that came.</summary>
    public long End
    {
        get
        {
            lock (_gate)
            {
                return _ring?.End ?? 0;
            }
        }
    }

    /// <summary>The place of the first call that is to be in the log: those of before the mock asked for it are not.</summary>
    public long FirstPrinted { get; private set; }

    /// <summary>Goes on by other settings. What is remembered stays as far as there is room for it.</summary>
    public void Follow(CallLogSettings settings)
    {
        lock (_gate)
        {
            CallLogSettings before = _settings;
            Volatile.Write(ref _settings, settings);
            if (settings.IsPrinted && !before.IsPrinted)
            {
                FirstPrinted = _ring?.End ?? 0;
            }

            if (_ring is not { } ring)
            {
                return;
            }

            if (settings.Keep == CallKeeping.None)
            {
                // Empty, but not gone: whoever follows goes on at its place when calls are remembered again.
                ring.Clear();
            }
            else if (ring.Bytes != settings.Bytes || ring.Entries != settings.Entries)
            {
                _ring = new CallRing(settings.Bytes, settings.Entries, budget);
                Move(ring, _ring);
                _ring.Continue(ring);
                _droppedBefore += ring.Dropped;
                ring.Clear();
            }
        }
    }

    /// <summary>Time that has passed since a timestamp.</summary>
    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    /// <summary>Whether a call that ends in this way is remembered.</summary>
    public bool Keeps(RequestOutcome outcome) => Settings.Keep switch
    {
        CallKeeping.All => true,
        CallKeeping.Unmatched => outcome is RequestOutcome.NoMatch or RequestOutcome.NoExample,
        _ => false,
    };

    /// <summary>Writes a call down.</summary>
    /// <param name="head">Its head, with room for the time at <see cref="RememberedCall.ServedAtPosition"/>.</param>
    /// <param name="nearest">The nearest examples, as JSON.</param>
    /// <param name="requestBody">What is remembered of its body.</param>
    /// <param name="responseBody">What is remembered of the answer's.</param>
    /// <param name="responseBytes">So many bytes of <paramref name="responseBody"/>.</param>
    /// <returns>Its number; 0 when there was no room.</returns>
    public long Write(Span<byte> head, ReadOnlySpan<byte> nearest, ReadOnlySpan<byte> requestBody, in SentBody responseBody, int responseBytes)
    {
        lock (_gate)
        {
            if (_isClosed || _settings.Keep == CallKeeping.None)
            {
                return 0;
            }

            _ring ??= new CallRing(_settings.Bytes, _settings.Entries, budget);
            long number = numbers.Next();
            if (!_ring.TryBegin(number, head.Length + nearest.Length + requestBody.Length + responseBytes))
            {
                return 0;
            }

            // A clock that is set back must not put a call before its predecessor.
            _lastServed = Math.Max(_lastServed, time.GetUtcNow().UtcTicks);
            BinaryPrimitives.WriteInt64LittleEndian(head[RememberedCall.ServedAtPosition..], _lastServed);
            _ring.Write(head);
            _ring.Write(nearest);
            _ring.Write(requestBody);
            responseBody.CopyTo(_ring, responseBytes);
            return number;
        }
    }

    /// <summary>Corrects how a call ended: its client left while the answer was sent.</summary>
    public void Correct(long number, RequestOutcome outcome)
    {
        lock (_gate)
        {
            if (Find(number) is { } index)
            {
                _ring!.Overwrite(index, [(byte)outcome]);
            }
        }
    }

    /// <summary>Reads calls, newest first.</summary>
    /// <param name="before">Of those with lower numbers.</param>
    /// <param name="most">At most so many.</param>
    /// <returns>The calls; empty when there are no more.</returns>
    public IReadOnlyList<RememberedCall> ReadBefore(long before, int most)
    {
        lock (_gate)
        {
            if (_ring is null)
            {
                return [];
            }

            int index = _ring.FirstAfter(before - 1) - 1;
            return Read(ref index, step: -1, most);
        }
    }

    /// <summary>Reads calls as they came.</summary>
    /// <param name="place">The place of the first among all calls that came; afterwards that of the next to read.</param>
    /// <param name="most">At most so many.</param>
    /// <returns>The calls, empty when there are no more, and how many from <paramref name="place"/> on made room before they were read.</returns>
    public (IReadOnlyList<RememberedCall> Calls, long Missed) ReadFrom(ref long place, int most)
    {
        lock (_gate)
        {
            if (_ring is not { } ring)
            {
                return ([], 0);
            }

            long missed = Math.Max(0, ring.First - Math.Max(place, ring.Cleared));
            int index = (int)Math.Clamp(place - ring.First, 0, ring.Count);
            List<RememberedCall> calls = Read(ref index, step: 1, most);
            place = ring.First + index;
            return (calls, missed);
        }
    }

    /// <summary>The place of the first call after one.</summary>
    /// <param name="number">Number of that call, remembered or not.</param>
    public long PlaceAfter(long number)
    {
        lock (_gate)
        {
            return _ring is null ? 0 : _ring.First + _ring.FirstAfter(number);
        }
    }

    /// <summary>Finds a call.</summary>
    public RememberedCall? Read(long number)
    {
        lock (_gate)
        {
            return Find(number) is { } index ? Read(index) : null;
        }
    }

    /// <summary>Forgets all calls.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _ring?.Clear();
        }
    }

    /// <summary>Forgets one call.</summary>
    /// <returns>False when it is not remembered.</returns>
    public bool Forget(long number)
    {
        lock (_gate)
        {
            if (Find(number) is not { } index)
            {
                return false;
            }

            _ring!.Erase(index);
            return true;
        }
    }

    /// <summary>Forgets all calls, and remembers none from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _ring?.Clear();
        }
    }

    private int? Find(long number)
    {
        if (_ring is not { } ring)
        {
            return null;
        }

        int index = ring.FirstAfter(number - 1);
        return index < ring.Count && ring.NumberOf(index) == number && ring.LengthOf(index) > 0 ? index : null;
    }

    private List<RememberedCall> Read(ref int index, int step, int most)
    {
        var calls = new List<RememberedCall>();
        for (int bytes = 0; index >= 0 && index < _ring!.Count && calls.Count < most && bytes < BytesAtOnce; index += step)
        {
            if (_ring.LengthOf(index) > 0)
            {
                bytes += _ring.LengthOf(index);
                calls.Add(Read(index));
            }
        }

        return calls;
    }

    private RememberedCall Read(int index)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(_ring!.LengthOf(index));
        _ring.Read(index, bytes);
        return new RememberedCall(_ring.NumberOf(index), bytes);
    }

    private void Move(CallRing from, CallRing to)
    {
        for (int index = Math.Max(0, from.Count - _settings.Entries); index < from.Count; index++)
        {
            byte[] bytes = new byte[from.LengthOf(index)];
            from.Read(index, bytes);
            if (bytes.Length is > 0 && bytes.Length <= _settings.MostOfEntry && to.TryBegin(from.NumberOf(index), bytes.Length))
            {
                to.Write(bytes);
            }
        }
    }
}
