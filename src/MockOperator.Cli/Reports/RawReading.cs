using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Reports;

/// <summary>Reads objects and logs as the API server has them, also fields that this version does not know.</summary>
/// <param name="transport">The connections, with the caller's credentials.</param>
internal sealed class RawReading(ApiTransport transport)
{
    private const int Page = 200;
    private const int MostPages = 25;
    private const int LongestLog = 2 * 1024 * 1024;

    /// <summary>Reads a list.</summary>
    /// <param name="path">Its path, without a query.</param>
    /// <param name="selector">Label selector; null for all.</param>
    /// <param name="metadataOnly">Whether only metadata are asked for.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The objects, at most 5,000.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async Task<List<JsonObject>> ListAsync(string path, string? selector, bool metadataOnly, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        string? next = null;
        for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
        {
            var query = $"{path}?limit={Page}{Parameter("labelSelector", selector)}{Parameter("continue", next)}";
            var body = await GetAsync(query, metadataOnly ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1" : "application/json", cancellationToken);
            try
            {
                var list = JsonNode.Parse(body) as JsonObject;
                items.AddRange((list?["items"] as JsonArray)?.OfType<JsonObject>().ToList() ?? []);
                next = list?["metadata"]?["continue"]?.ToString() is { Length: > 0 } token ? token : null;
            }
            catch (JsonException e)
            {
                throw new ApiException($"GET /{path}: the answer is no JSON", new ApiError(System.Net.HttpStatusCode.OK, "Unreadable", ""), e);
            }
        }

        return items;
    }

    /// <summary>The end of the log of a container.</summary>
    /// <exception cref="ApiException">There is none, the server refused or cannot be reached.</exception>
    public async Task<string> LogAsync(string ns, string pod, string container, int lines, bool ofPrevious, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await GetAsync(
            $"{ResourceKind.Of<k8s.Models.V1Pod>().Path(ns, pod, "log")}?container={Uri.EscapeDataString(container)}&tailLines={lines}&limitBytes={LongestLog}&timestamps=true{(ofPrevious ? "&previous=true" : "")}",
            "*/*",
            cancellationToken));

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private async Task<byte[]> GetAsync(string path, string accept, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        try
        {
            using var answer = await transport.SendAsync(TransportLane.Unary, request, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (answer.IsSuccessStatusCode)
                return body;
            var error = ApiError.Read(body, answer.StatusCode) with { Code = answer.StatusCode };
            throw new ApiException($"GET /{path.Split('?')[0]}: {(int)answer.StatusCode} {error.Reason}: {error.Message}", error);
        }
        catch (HttpRequestException e)
        {
            throw new ApiException($"GET /{path.Split('?')[0]}: {e.Message}", ApiError.NoAnswer(e.Message), e);
        }
    }
}
