using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Matching;

/// <summary>What a plan remembers of an example to name it. Not the example itself: its texts would live as long as the plan.</summary>
internal sealed class ExampleIdentity
{
    private readonly DocumentPath _place;

    /// <summary>Remembers an example.</summary>
    internal ExampleIdentity(Example example)
    {
        Id = example.Id;
        Uid = example.Uid;
        Name = example.Name;
        _place = example.Place;
    }

    /// <summary>Id of the example.</summary>
    internal string Id { get; }

    /// <summary>Id with its owner's prefix; null when it has none.</summary>
    internal string? Uid { get; }

    /// <summary>Name of the example.</summary>
    internal string Name { get; }

    /// <summary>Where it stands in its document. Written out whenever it is asked for.</summary>
    internal string Path => _place.ToString();
}
