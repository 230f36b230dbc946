namespace MockOperator.Client.Calls;

/// <summary>A pod whose calls are not known, or not all of them.</summary>
/// <param name="Pod">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Why">The same in words, with what helps where something does.</param>
public sealed record SilentPod(string Pod, Silence Reason, string Why);
