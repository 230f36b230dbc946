using MockOperator.Client.Documents;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>A mock that is to be made, as Postman's dialog asks for it.</summary>
public sealed record MockDraft
{
    /// <summary>Name of the MockServer, and of the Service that answers.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>A name for people; null for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>A collection that is stored with it. Exactly one of this, <see cref="Collection"/> and <see cref="Examples"/> is given.</summary>
    public CollectionDocument? Document { get; init; }

    /// <summary>Name that <see cref="Document"/> is stored under; null for the mock's.</summary>
    public string? DocumentName { get; init; }

    /// <summary>A Collection that is there already, and its version.</summary>
    public CollectionReference? Collection { get; init; }

    /// <summary>Examples written by hand: method, path, status, body.</summary>
    public IReadOnlyList<ExampleSpec>? Examples { get; init; }

    /// <summary>An environment that is stored with it; null for none. Not beside <see cref="Environment"/>.</summary>
    public EnvironmentDocument? EnvironmentDocument { get; init; }

    /// <summary>An environment that is there already; null for none.</summary>
    public EnvironmentSpec? Environment { get; init; }

    /// <summary>Whether callers need a key.</summary>
    public bool Private { get; init; }

    /// <summary>Where the URL is saved; null for nowhere.</summary>
    public ConfigMapKeyReference? SaveUrl { get; init; }

    /// <summary>A delay of all answers; null for none.</summary>
    public DelaySpec? Delay { get; init; }

    /// <summary>How it matches, how often it may be called, which pages may call it, and what leads to it; null for the defaults.</summary>
    public ServingEdit? Serving { get; init; }
}
