namespace MockOperator.Client.Calls;

/// <summary>A server-sent event.</summary>
/// <param name="Type">What kind it is; <c>message</c> when nothing was said.</param>
/// <param name="Id">Where to go on after it; null when nothing was said.</param>
/// <param name="Data">What it says; null when that is too long.</param>
internal sealed record CallEvent(string Type, string? Id, ReadOnlyMemory<byte>? Data);
