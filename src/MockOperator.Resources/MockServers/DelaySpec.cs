namespace MockOperator.Resources;

/// <summary>Delay before an answer. At most one of the two.</summary>
public sealed record DelaySpec
{
    /// <summary>A named network.</summary>
    public DelayPreset? Preset { get; init; }

    /// <summary>A fixed time, 0 to 180,000.</summary>
    public int? Milliseconds { get; init; }
}
