namespace MockOperator.Dashboard.Pages;

/// <summary>The page that asks who somebody is.</summary>
/// <param name="Return">Where to go afterwards.</param>
/// <param name="IsPost">Whether a form had been sent there.</param>
/// <param name="Kept">What the form had brought.</param>
/// <param name="Problem">What was wrong; null for nothing.</param>
/// <param name="Kind">How one becomes known.</param>
internal sealed record SignInForm(string Return, bool IsPost, IReadOnlyList<(string Name, string Value)> Kept, string? Problem, SignInKind Kind);
