namespace MockOperator.Resources;

/// <summary>A header of a call.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; <see cref="Masked"/> where it is masked.</param>
public sealed record CalledHeader(string Name, string Value)
{
    /// <summary>What stands for a value that is masked, also in a query.</summary>
    public const string Masked = "***";
}
