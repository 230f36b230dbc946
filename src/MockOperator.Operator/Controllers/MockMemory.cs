using MockOperator.Operator.Bundles;
using MockOperator.Operator.Content;
using MockOperator.Operator.Control;
using MockOperator.Operator.Publishing;
using MockOperator.Operator.Waiting;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// What is remembered of a mock between reconciles. Touched only by the one worker that has the mock's key. All of it can be lost: a restart finds it again.
/// </summary>
/// <param name="session">The mock; another one of the same name has a memory of its own.</param>
public sealed class MockMemory(MockSession session)
{
    /// <summary>What goes on between the operator and the mock's pods. Ends with this memory.</summary>
    public MockSession Session { get; } = session;

    /// <summary>The content as it was last resolved, or null.</summary>
    public MockContent? Content { get; set; }

    /// <summary>The bundle last applied, or found applied; null before the first.</summary>
    public AppliedBundle? Bundle { get; set; }

    /// <summary>The names that the bundle needs, when it could not be applied because not all of them were free.</summary>
    public IReadOnlyList<string>? AwaitedNames { get; set; }

    /// <summary>Whether the Secret with the mock's key was created, or found, and nothing has been heard since of its being gone.</summary>
    public bool HasApiKey { get; set; }

    /// <summary>How often pods were told to look for their keys since the keys were last there.</summary>
    public int KeyNudges { get; set; }

    /// <summary>When pods are told again, at the earliest.</summary>
    public DateTimeOffset NextKeyNudge { get; set; }

    /// <summary>Since when the mock has not been ready for its current state, or null when it is.</summary>
    public DateTimeOffset? NotReadySince { get; set; }

    /// <summary>Which of the names that a mock needs was found taken by somebody else's object, or null.</summary>
    public int? TakenName { get; set; }

    /// <summary>When to look again while the mock is not ready for a reason that no watch tells the end of.</summary>
    public GrowingWait Wait { get; } = new();

    /// <summary>The calls that another hand wrote into the status, which stayed there after a write of ours without any; null for none.</summary>
    public MockCallsStatus? ForeignCalls { get; set; }

    /// <summary>The last reason that an event told of, so that it is told once.</summary>
    public string? ToldReason { get; set; }

    /// <summary>What became of publishing its URL.</summary>
    public PublishAttempts Publishing { get; } = new();
}
