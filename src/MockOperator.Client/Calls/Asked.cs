namespace MockOperator.Client.Calls;

/// <summary>What became of asking all pods of a mock for one thing.</summary>
/// <typeparam name="T">The thing.</typeparam>
/// <param name="Value">What was found or done.</param>
/// <param name="Silent">Pods that did not answer: what was not found may be there.</param>
public sealed record Asked<T>(T Value, IReadOnlyList<SilentPod> Silent);
