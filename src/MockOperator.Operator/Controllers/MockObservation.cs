using k8s.Models;
using MockOperator.Operator.Content;
using MockOperator.Operator.Control;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>Everything that the status of a mock is made from.</summary>
public sealed record MockObservation
{
    /// <summary>The content; null when the spec is invalid.</summary>
    public MockContent? Content { get; init; }

    /// <summary>The revision that goes on being served when <see cref="Content"/> cannot be, or null.</summary>
    public string? ServedRevision { get; init; }

    /// <summary>The Deployment as the store has it.</summary>
    public V1Deployment? Deployment { get; init; }

    /// <summary>How far the pods are, or null when none was asked.</summary>
    public Acknowledgements? Acknowledgements { get; init; }

    /// <summary>Why pods are missing or do not start, or null.</summary>
    public Unresolved? PodTrouble { get; init; }

    /// <summary>Whether the URL was published; null when that is not asked for.</summary>
    public Unresolved? PublishProblem { get; init; }

    /// <summary>What came of exposing the mock; null when the spec does not ask for it.</summary>
    public ExposureOutcome? Exposure { get; init; }

    /// <summary>The calls of this period; null when no quota tells of them.</summary>
    public MockCallsStatus? Calls { get; init; }

    /// <summary>When to look again because of what the operator cannot see, or null.</summary>
    public TimeSpan? LookAgain { get; init; }

    /// <summary>What forbids to go on: an invalid spec, a name that is taken, a child that the API server refuses.</summary>
    public Unresolved? Blocked { get; init; }
}
