namespace MockOperator.Operator.Bundles;

/// <summary>A bundle in the cluster.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Versions">The resourceVersions of its ConfigMaps by name, when they were last found right.</param>
public sealed record AppliedBundle(string Revision, IReadOnlyDictionary<string, string> Versions);
