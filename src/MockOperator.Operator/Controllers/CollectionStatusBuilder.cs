using System.Globalization;
using MockOperator.Kinds;
using MockOperator.Operator.Conditions;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>The status of a collection, from what was understood of its versions. Pure.</summary>
public static class CollectionStatusBuilder
{
    /// <summary>Of one whose versions were looked at: the first that cannot be served is told of.</summary>
    /// <param name="collection">The collection, with its status of before.</param>
    /// <param name="versions">Its versions, CURRENT first.</param>
    /// <param name="now">The time.</param>
    public static CollectionStatus Build(Collection collection, IReadOnlyList<DescribedVersion> versions, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(versions);
        ConditionList conditions = Conditions(collection, now);
        int skipped = versions.Sum(static version => version.Status.SkippedCount ?? 0);
        if (versions.FirstOrDefault(static version => version.Problem is not null) is { Problem: { } problem } broken)
        {
            conditions.SetNotReady(problem.Reason, $"{broken.Status.Tag}: {problem.Message}", !problem.MayPass && Remedies.IsStalled(problem.Reason, broken.HoldsContent));
        }
        else
        {
            conditions.Set(SummaryConditions.Ready, holds: true, "Loaded", string.Create(
                CultureInfo.InvariantCulture,
                $"examples in CURRENT: {versions[0].Status.ExampleCount}, other versions: {versions.Count - 1}, places not understood: {skipped}"));
        }

        return new CollectionStatus
        {
            ObservedGeneration = collection.Metadata.Generation,
            Conditions = conditions.Conditions,
            ExampleCount = versions[0].Status.ExampleCount,
            SkippedCount = skipped,
            ShadowedCount = versions[0].Status.ShadowedCount ?? 0,
            Versions = [.. versions.Select(static version => version.Status)],
        };
    }

    /// <summary>Of one whose spec breaks a rule.</summary>
    /// <param name="collection">The collection, with its status of before.</param>
    /// <param name="problem">The rules that it breaks.</param>
    /// <param name="now">The time.</param>
    public static CollectionStatus Invalid(Collection collection, string problem, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return new CollectionStatus
        {
            ObservedGeneration = collection.Metadata.Generation,
            Conditions = Conditions(collection, now)
                .SetNotReady(MockConditions.InvalidSpec, problem, Remedies.IsStalled(MockConditions.InvalidSpec, holdsContent: false))
                .Conditions,
            ExampleCount = 0,
            SkippedCount = 0,
            ShadowedCount = 0,
        };
    }

    private static ConditionList Conditions(Collection collection, DateTimeOffset now) => new(collection.Status?.Conditions, collection.Metadata.Generation, now);
}
