using MockOperator.Operator.Waiting;

namespace MockOperator.Operator.Exposure;

/// <summary>What is remembered of a mock's exposure between reconciles. All of it can be lost.</summary>
public sealed class ExposureMemory
{
    /// <summary>When to look again at what exposes the mock.</summary>
    public GrowingWait Wait { get; } = new();

    /// <summary>Whether it is known that the mock has no HTTPRoute, which no watch tells of.</summary>
    public bool HasNoRoute { get; set; }
}
