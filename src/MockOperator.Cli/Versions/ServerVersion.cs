using System.Globalization;
using System.Text.Json;
using MockOperator.Client.Connections;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Versions;

/// <summary>The version of an API server.</summary>
/// <param name="Text">As it says it: <c>v1.33.4+k3s1</c>.</param>
/// <param name="Minor">The minor version of Kubernetes 1; null when it says none that can be read.</param>
internal sealed record ServerVersion(string Text, int? Minor)
{
    /// <summary>The oldest minor version of Kubernetes 1 that the operator runs on: its definitions have rules (CEL) that older servers do not know. The chart says the same.</summary>
    public const int OldestMinor = 29;

    /// <summary>Whether the operator surely cannot run there.</summary>
    public bool IsTooOld => Minor < OldestMinor;

    /// <summary>Asks the server.</summary>
    /// <returns>What it says; null when that is no version.</returns>
    /// <exception cref="ApiException">It cannot be reached, or refuses.</exception>
    public static async Task<ServerVersion?> ReadAsync(MockCluster cluster, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("version", UriKind.Relative));
        try
        {
            using var answer = await cluster.Api.Transport.SendAsync(TransportLane.Unary, request, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new ApiException($"GET /version: {(int)answer.StatusCode}", ApiError.Read(body, answer.StatusCode));
            return Read(body);
        }
        catch (HttpRequestException e)
        {
            throw new ApiException($"GET /version: {e.Message}", ApiError.NoAnswer(e.Message), e);
        }
    }

    private static ServerVersion? Read(byte[] body)
    {
        try
        {
            using var version = JsonDocument.Parse(body);
            return version.RootElement.ValueKind == JsonValueKind.Object && Member(version.RootElement, "gitVersion") is { } text
                ? new ServerVersion(text, MinorOf(Member(version.RootElement, "major"), Member(version.RootElement, "minor")))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement answer, string name) => answer.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    // Clouds write "29+".
    private static int? MinorOf(string? major, string? minor) =>
        major == "1" && int.TryParse(minor?.TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
