namespace MockOperator.Dashboard.Pages;

/// <summary>A page that says what went wrong.</summary>
/// <param name="Fault">What it was.</param>
/// <param name="Cure">What helps besides; null for nothing.</param>
/// <param name="Again">The address that was asked for.</param>
/// <param name="Kept">The fields that were sent, to be sent again; null when nothing was.</param>
/// <param name="Token">The token of the form.</param>
internal sealed record Problem(Fault Fault, string? Cure, string Again, IReadOnlyList<(string Name, string Value)>? Kept, string Token);
