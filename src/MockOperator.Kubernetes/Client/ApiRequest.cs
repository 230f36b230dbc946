using System.Net.Http.Headers;

namespace MockOperator.Kubernetes.Client;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Kind">The kind of the object.</param>
/// <param name="Path">Path and query, relative to the server.</param>
internal sealed record ApiRequest(HttpMethod Method, ResourceKind Kind, string Path)
{
    public const string ApplyPatch = "application/apply-patch+yaml";
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string Json = "application/json";

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ContentType { get; init; }

    public string Accept { get; init; } = Json;

    /// <summary>Whether a second attempt after a fault of unknown outcome does no harm.</summary>
    public bool Idempotent { get; init; } = true;

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, new Uri(Path, UriKind.Relative));
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        if (ContentType is not null)
        {
            message.Content = new ReadOnlyMemoryContent(Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        }

        return message;
    }
}
