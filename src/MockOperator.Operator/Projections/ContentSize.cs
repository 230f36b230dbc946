using MockOperator.Resources;

namespace MockOperator.Operator.Projections;

/// <summary>How large the content of a user's resource is, about, in characters.</summary>
internal static class ContentSize
{
    /// <summary>
    /// Most characters of content that a store keeps of one object, and as many of what shapes its children; more is left out and read by name when it is needed.
    /// </summary>
    public const int Kept = 16 * 1024;

    // What a list entry or a member of a map costs beside its text.
    private const int Entry = 200;

    public static int Of(ICollectionSource? source) => source is null
        ? 0
        : (source.Postman?.GetRawText().Length ?? 0) + (source.Examples?.Sum(Of) ?? 0);

    public static int Of(IEnumerable<KeyValuePair<string, string>>? map) => map?.Sum(static pair => Entry + pair.Key.Length + pair.Value.Length) ?? 0;

    public static int Of(ServerResponseSpec response) => Entry + response.Name.Length + Of(response.Headers) + (response.Body?.Length ?? 0);

    private static int Of(IReadOnlyList<HeaderSpec>? headers) => headers?.Sum(static header => Entry + (header?.Name?.Length ?? 0) + (header?.Value?.Length ?? 0)) ?? 0;

    private static int Of(IReadOnlyList<QueryParameterSpec>? query) => query?.Sum(static parameter => Entry + (parameter?.Name?.Length ?? 0) + (parameter?.Value?.Length ?? 0)) ?? 0;

    private static int Of(ExampleSpec example) => Entry
        + (example.Name?.Length ?? 0)
        + (example.Request?.Path?.Length ?? 0) + Of(example.Request?.Query) + Of(example.Request?.Headers)
        + (example.Request?.Body?.Length ?? 0) + (example.Request?.Json?.GetRawText().Length ?? 0)
        + Of(example.Response?.Headers)
        + (example.Response?.Body?.Length ?? 0) + (example.Response?.Json?.GetRawText().Length ?? 0) + (example.Response?.Base64?.Length ?? 0);
}
