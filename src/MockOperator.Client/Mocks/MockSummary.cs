using MockOperator.Kinds;

namespace MockOperator.Client.Mocks;

/// <summary>What a line of a list says of a mock.</summary>
public sealed record MockSummary
{
    /// <summary>The mock.</summary>
    public required MockServer Mock { get; init; }

    /// <summary>How it is.</summary>
    public required MockState State { get; init; }

    /// <summary>What is wrong, in a sentence; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>Reason of the condition that says so; null when nothing is wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>Reads a mock's status.</summary>
    /// <param name="mock">The mock.</param>
    /// <returns>The summary.</returns>
    public static MockSummary Of(MockServer mock) => throw new NotImplementedException();
}
