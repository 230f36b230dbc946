namespace MockOperator.Dashboard.Pages;

/// <summary>A form that was sent before its caller was known, to be sent again.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Fields">What it brings.</param>
/// <param name="Token">The token of the session.</param>
internal sealed record KeptForm(string Action, IReadOnlyList<(string Name, string Value)> Fields, string Token);
