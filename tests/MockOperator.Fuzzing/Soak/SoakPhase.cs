namespace MockOperator.Fuzzing.Soak;

/// <summary>What was seen of the process while it went through something.</summary>
/// <param name="Name">What it went through.</param>
/// <param name="Time">How long that took.</param>
/// <param name="Curves">Memory, handles and threads over time.</param>
internal sealed record SoakPhase(string Name, TimeSpan Time, IReadOnlyList<Curve> Curves)
{
    /// <summary>The curve of a quantity.</summary>
    public Curve this[string name] => Curves.Single(curve => curve.Name == name);
}
