namespace MockOperator.Resources;

/// <summary>An example in the native form: the request it belongs to and the response it gives.</summary>
public sealed record ExampleSpec
{
    /// <summary>Name, as <c>x-mock-response-name</c> selects it. No other example of the collection has it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What a request must look like to get this example.</summary>
    public ExampleRequestSpec? Request { get; init; }

    /// <summary>What is answered.</summary>
    public ExampleResponseSpec? Response { get; init; }
}
