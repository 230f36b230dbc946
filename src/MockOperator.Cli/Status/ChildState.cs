namespace MockOperator.Cli.Status;

/// <summary>A child of a mock.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">How it is, in a few words.</param>
/// <param name="IsWell">Whether that is as it should be; null when there is nothing to judge.</param>
internal sealed record ChildState(string Kind, string Name, string State, bool? IsWell);
