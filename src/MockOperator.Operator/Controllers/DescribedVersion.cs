using MockOperator.Operator.Content;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>What was understood of one version of a collection.</summary>
/// <param name="Status">As the status of the collection tells it.</param>
/// <param name="Problem">Why it cannot be served, or null.</param>
/// <param name="HoldsContent">Whether its content is written into the collection, and not referred to.</param>
public sealed record DescribedVersion(CollectionVersionStatus Status, Unresolved? Problem, bool HoldsContent);
