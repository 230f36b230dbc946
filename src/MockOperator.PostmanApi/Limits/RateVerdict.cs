namespace MockOperator.PostmanApi.Limits;

/// <summary>What a limit says of a request.</summary>
/// <param name="Limit">Requests of a window.</param>
/// <param name="Window">Length of the window.</param>
/// <param name="Remaining">Requests that are left in it.</param>
/// <param name="ResetsAt">When the next window begins.</param>
/// <param name="Refused">Whether this request is one too many.</param>
internal readonly record struct RateVerdict(int Limit, TimeSpan Window, int Remaining, DateTimeOffset ResetsAt, bool Refused);
