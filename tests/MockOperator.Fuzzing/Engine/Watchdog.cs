namespace MockOperator.Fuzzing.Engine;

/// <summary>Ends the process when one input takes for ever. What an input may cost is bounded by what it allocates; this is for loops that allocate nothing.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan s_forEver = TimeSpan.FromSeconds(60);
    private readonly Timer _timer;
    private long _inputs;
    private long _seen = -1;

    /// <summary>Begins to watch.</summary>
    /// <param name="bark">Called when an input takes for ever.</param>
    public Watchdog(Action bark) => _timer = new Timer(
        _ =>
        {
            if (Interlocked.Exchange(ref _seen, Volatile.Read(ref _inputs)) == Volatile.Read(ref _inputs))
            {
                bark();
            }
        },
        null,
        s_forEver,
        s_forEver);

    /// <summary>Notes that an input was read.</summary>
    public void Next() => Volatile.Write(ref _inputs, _inputs + 1);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
