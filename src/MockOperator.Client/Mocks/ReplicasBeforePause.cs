using System.Globalization;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>How many replicas a mock had before it was paused, in an annotation of the mock: there is no other place that outlives a pause. None stands for one replica.</summary>
internal static class ReplicasBeforePause
{
    /// <summary>The annotation. It counts only while the mock is paused.</summary>
    public const string Annotation = "mockoperator.dev/replicas-before-pause";

    /// <summary>Reads it.</summary>
    /// <param name="mock">A mock that is paused.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="DocumentException">So many cannot have been: somebody else wrote it.</exception>
    public static int Of(MockServer mock)
    {
        if (Text(mock) is not { } text)
            return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) && replicas is >= 1 and <= MockServerRules.MostReplicas
            ? replicas
            : throw new DocumentException(
                $"The annotation {Annotation} of mock '{mock.Metadata.Name}' says '{DisplayName.Fit(text)}', which is no number from 1 to {MockServerRules.MostReplicas}. Remove it, or set spec.replicas, which ends the pause.");
    }

    /// <summary>What becomes of it by an edit.</summary>
    /// <param name="mock">The mock as it is.</param>
    /// <param name="after">Its spec after the edit.</param>
    /// <param name="value">The new value; null removes it.</param>
    /// <returns>Whether it changes.</returns>
    public static bool Changes(MockServer mock, MockServerSpec after, out string? value)
    {
        var before = mock.Spec?.Replicas ?? 1;
        value = after.Replicas == 0 && before > 1 ? before.ToString(CultureInfo.InvariantCulture) : null;
        return (after.Replicas ?? 1) != before && value != Text(mock);
    }

    private static string? Text(MockServer mock) => mock.Metadata.Annotations is { } annotations && annotations.TryGetValue(Annotation, out var text) ? text : null;
}
