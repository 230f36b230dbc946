namespace MockOperator.Operator.Control;

/// <summary>Where the operator's key is had from, once it is there. Whoever needs a token waits for it.</summary>
public sealed class ControlKey
{
    private readonly TaskCompletionSource<ControlTokens> _tokens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The tokens, as soon as the key is known.</summary>
    public Task<ControlTokens> TokensAsync(CancellationToken cancellation) => _tokens.Task.WaitAsync(cancellation);

    /// <summary>Makes the key known.</summary>
    public void Set(ReadOnlySpan<byte> key) => _tokens.TrySetResult(new ControlTokens(key));
}
