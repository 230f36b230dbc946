namespace MockOperator.Operator.Waiting;

/// <summary>
/// When to look again at something that no watch tells of. As long as it has stood still already, so whoever mends it soon is heard soon, and what stays broken for
/// days costs next to nothing.
/// </summary>
public sealed class GrowingWait
{
    /// <summary>The shortest wait.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);

    private string? _state;
    private DateTimeOffset _since;

    /// <summary>How long to wait.</summary>
    /// <param name="state">What is waited on: another state than last time begins with the shortest wait again.</param>
    /// <param name="now">The time.</param>
    public TimeSpan Next(string state, DateTimeOffset now)
    {
        if (_state != state)
        {
            _state = state;
            _since = now;
        }

        TimeSpan stood = now - _since;
        return stood < Shortest ? Shortest : stood < Longest ? stood : Longest;
    }
}
