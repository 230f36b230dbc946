using System.Collections.Immutable;

namespace MockOperator.Mocking.Collections;

/// <summary>The request saved with an example.</summary>
public sealed record ExampleRequest
{
    /// <summary>HTTP method, upper case.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>URL, not yet resolved.</summary>
    public required ExampleUrl Url { get; init; }

    /// <summary>Enabled headers, in order.</summary>
    public ImmutableArray<Field> Headers { get; init; } = [];

    /// <summary>Body, for matching.</summary>
    public ExampleBody Body { get; init; } = ExampleBody.None;
}
