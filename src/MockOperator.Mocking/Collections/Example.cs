using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections;

/// <summary>A saved example as the document has it: texts still hold their <c>{{variables}}</c>.</summary>
public sealed record Example
{
    /// <summary>
    /// Id of the example. Where the document has none it is derived from the position, so that the ordinal order of derived ids is document order
    /// (Postman matching, tie-break by id).
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Id with its owner's prefix (<c>12345678-…</c>) when the document has one.</summary>
    public string? Uid { get; init; }

    /// <summary>Name, as <c>x-mock-response-name</c> selects it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in the document: <c>item[0].item[2].response[1]</c>; <c>$</c> when that is not known. Written out whenever it is asked for.</summary>
    public string Path
    {
        get => Place.ToString();
        init => Place = DocumentPath.Root.Property(value);
    }

    /// <summary>The request that was saved with it: what is matched.</summary>
    public required ExampleRequest Request { get; init; }

    /// <summary>What is answered.</summary>
    public required ExampleResponse Response { get; init; }

    /// <summary>Variables of the item, its folders and the collection, innermost first.</summary>
    public VariableScope Scope { get; init; } = VariableScope.Empty;

    /// <summary>Where it stands, not written out.</summary>
    internal DocumentPath Place { get; init; } = DocumentPath.Root;
}
