namespace MockOperator.Operator.Controllers;

/// <summary>A bundle in the cluster.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Versions">The resourceVersions of its ConfigMaps, in order, when they were last found right.</param>
public sealed record AppliedBundle(string Revision, IReadOnlyList<string> Versions);
