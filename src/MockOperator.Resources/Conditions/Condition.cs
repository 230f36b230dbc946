namespace MockOperator.Resources;

/// <summary>One observation about an object, as <c>metav1.Condition</c> has it.</summary>
public sealed record Condition
{
    /// <summary>What is observed, CamelCase.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether it holds.</summary>
    public ConditionStatus Status { get; init; }

    /// <summary>Why, as one stable CamelCase word: part of the API.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why, for people: what is wrong, where, and what to do.</summary>
    public string Message { get; init; } = "";

    /// <summary>The <c>metadata.generation</c> that this was observed of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> last changed, whole seconds.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }
}
