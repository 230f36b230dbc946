using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>The response side of a native example.</summary>
public sealed record ExampleResponseSpec
{
    /// <summary>HTTP status, 200 to 599. Default 200.</summary>
    public int? Status { get; init; }

    /// <summary>Headers in order, a name as often as it is needed.</summary>
    public IReadOnlyList<HeaderSpec>? Headers { get; init; }

    /// <summary>Body as text; may hold <c>{{variables}}</c>. Excludes <see cref="Json"/> and <see cref="Base64"/>.</summary>
    public string? Body { get; init; }

    /// <summary>Body as JSON; may hold <c>{{variables}}</c> in strings.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>Binary body, base64; served as it is.</summary>
    public string? Base64 { get; init; }

    /// <summary>Delay before this example is sent, instead of the mock's own: <c>250ms</c>, <c>2s</c>; at most <c>3m</c>.</summary>
    public string? Delay { get; init; }
}
