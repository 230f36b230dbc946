using MockOperator.Client.Documents;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>What is changed of a mock: what Postman's dialog changes, the server responses, and how it serves. What is null stays as it is.</summary>
public sealed record MockEdit
{
    /// <summary>The name for people; empty removes it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Another Collection that is there, in its current version unless <see cref="Version"/> says another.</summary>
    public string? Collection { get; init; }

    /// <summary>Version of the Collection; <see cref="CollectionSpec.CurrentVersion"/> for what is current.</summary>
    public string? Version { get; init; }

    /// <summary>An exported environment to store and use.</summary>
    public EnvironmentDocument? EnvironmentDocument { get; init; }

    /// <summary>Name of a stored environment (<see cref="Environments.EnvironmentStore"/>); empty uses none.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether <see cref="Environment"/> is a Secret. <see cref="MockEditor.EditAsync"/> finds it out.</summary>
    public bool IsEnvironmentSecret { get; init; }

    /// <summary>Whether callers need a key.</summary>
    public bool? Private { get; init; }

    /// <summary>A delay of all answers; one without any field set removes it.</summary>
    public DelaySpec? Delay { get; init; }

    /// <summary>How it matches, how often it may be called, which pages may call it, and what leads to it.</summary>
    public ServingEdit? Serving { get; init; }

    /// <summary>Name of the server response that answers everything; empty answers normally.</summary>
    public string? RespondWith { get; init; }

    /// <summary>Replicas, whatever there were before.</summary>
    public int? Replicas { get; init; }

    /// <summary>True takes the pods away and remembers how many there were; false brings as many back. A mock that is so already stays as it is, and <see cref="Replicas"/> says otherwise.</summary>
    public bool? Paused { get; init; }

    /// <summary>Server responses instead of those that there are.</summary>
    public IReadOnlyList<ServerResponseSpec>? ServerResponses { get; init; }
}
