namespace MockOperator.Fuzzing.Targets;

/// <summary>A clock that stands still.</summary>
internal sealed class StillTime : TimeProvider
{
    /// <summary>The clock.</summary>
    public static StillTime Instance { get; } = new();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
