namespace MockOperator.Operator.Control;

/// <summary>How far the pods of a mock are with a revision.</summary>
/// <param name="Pods">Number of pods asked.</param>
/// <param name="Acknowledged">Number of pods that serve it.</param>
/// <param name="Problems">What pods said, or why they could not be asked: at most three.</param>
/// <param name="Stale">Pods that answered, but with an older revision: their files have not been refreshed.</param>
public sealed record Acknowledgements(int Pods, int Acknowledged, IReadOnlyList<string> Problems, IReadOnlyList<RuntimePod> Stale)
{
    /// <summary>Why pods of a private mock that serve the revision refuse every call, or null: the keys are missing or unusable.</summary>
    public string? KeyProblem { get; init; }

    /// <summary>The pods that do.</summary>
    public IReadOnlyList<RuntimePod> Keyless { get; init; } = [];

    /// <summary>Whether every pod serves the revision.</summary>
    public bool IsComplete => Acknowledged == Pods;
}
