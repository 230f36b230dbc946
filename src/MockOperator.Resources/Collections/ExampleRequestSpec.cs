using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>The request side of a native example.</summary>
public sealed record ExampleRequestSpec
{
    /// <summary>HTTP method. Default GET.</summary>
    public string? Method { get; init; }

    /// <summary>Path, starting with a slash. <c>{{name}}</c> or <c>:name</c> as a whole segment is a wildcard.</summary>
    public string? Path { get; init; }

    /// <summary>Query parameters in order, a name as often as it is needed.</summary>
    public IReadOnlyList<QueryParameterSpec>? Query { get; init; }

    /// <summary>Headers in order, a name as often as it is needed; compared only when header matching is asked for.</summary>
    public IReadOnlyList<HeaderSpec>? Headers { get; init; }

    /// <summary>Body as text.</summary>
    public string? Body { get; init; }

    /// <summary>Body as JSON; excludes <see cref="Body"/>.</summary>
    public JsonElement? Json { get; init; }
}
