namespace MockOperator.Resources;

/// <summary>Delay before an answer. Exactly one of <see cref="Preset"/>, <see cref="Fixed"/>, and <see cref="Min"/> with <see cref="Max"/>; each time at most <c>3m</c>.</summary>
public sealed record DelaySpec
{
    /// <summary>A named network.</summary>
    public DelayPreset? Preset { get; init; }

    /// <summary>The same time for every answer: <c>250ms</c>, <c>2s</c>.</summary>
    public string? Fixed { get; init; }

    /// <summary>The shortest time; each answer has one of its own between this and <see cref="Max"/>.</summary>
    public string? Min { get; init; }

    /// <summary>The longest time.</summary>
    public string? Max { get; init; }
}
