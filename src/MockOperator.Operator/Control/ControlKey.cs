namespace MockOperator.Operator.Control;

/// <summary>Where the operator's key is had from, once it is there. Whoever needs a token waits until it is, or until it is known that it is not.</summary>
/// <param name="found">Called when the key is there after all: whoever went without it must look again.</param>
public sealed class ControlKey(Action? found = null)
{
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ControlTokens? _tokens;
    private volatile string? _problem;

    /// <summary>Why there is no usable key and what to do about it; null while that is not known, and once there is one.</summary>
    public string? Problem => _problem;

    /// <summary>The tokens, as soon as the key is known; null when there is none, for the reason of <see cref="Problem"/>.</summary>
    public async Task<ControlTokens?> TokensAsync(CancellationToken cancellation)
    {
        await _known.Task.WaitAsync(cancellation);
        return _tokens;
    }

    /// <summary>Makes the key known.</summary>
    public void Set(ReadOnlySpan<byte> key)
    {
        bool wasMissed = _problem is not null;
        _tokens = new ControlTokens(key);
        _problem = null;
        _known.TrySetResult();
        if (wasMissed)
        {
            found?.Invoke();
        }
    }

    /// <summary>Makes known that there is no key that could be used, so that nobody waits for it.</summary>
    /// <param name="problem">Why, and what to do about it.</param>
    public void Miss(string problem)
    {
        _problem = problem;
        _known.TrySetResult();
    }
}
