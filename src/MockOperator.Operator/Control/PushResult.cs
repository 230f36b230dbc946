namespace MockOperator.Operator.Control;

/// <summary>What came of a push. All but the first cost nothing but time: the mounted files say the same.</summary>
public enum PushResult
{
    /// <summary>The pod serves the bundle.</summary>
    Served,

    /// <summary>The pod did not take it: another token, something newer, content that it cannot serve.</summary>
    Refused,

    /// <summary>The pod could not be reached in time.</summary>
    Unreachable,

    /// <summary>A newer revision took its place, or the mock is gone.</summary>
    Superseded,

    /// <summary>Nothing was sent: the bundle is too large, or too many others are on their way.</summary>
    Skipped,
}
