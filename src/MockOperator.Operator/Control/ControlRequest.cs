using System.Globalization;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Operator.Control;

/// <summary>The question of the control channel, the same on every way to a pod, and what every answer is made of.</summary>
internal static class ControlRequest
{
    /// <summary>
    /// Carries what <c>Authorization</c> would: an API server that forwards a request removes that header, and this one stays.
    /// </summary>
    public const string ForwardedAuthorization = "X-Mock-Control-Authorization";

    private const int LongestReply = 64 * 1024;

    public static string PathAndQuery(string revision, TimeSpan wait) => string.Create(
        CultureInfo.InvariantCulture,
        $"control/v1/revision?wait={Uri.EscapeDataString(revision)}&timeoutSeconds={(int)wait.TotalSeconds}");

    public static async Task<QuotaReport> ReadQuotaReportAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"the control port answered {(int)response.StatusCode}", inner: null, response.StatusCode);
        }

        await response.Content.LoadIntoBufferAsync(QuotaExchange.MaxBytes, cancellation);
        try
        {
            return await response.Content.ReadFromJsonAsync(RuntimeJson.Default.QuotaReport, cancellation)
                ?? throw new HttpRequestException("the control port answered null");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new HttpRequestException("the control port answered something that is not a report of quotas", error);
        }
    }

    public static async Task<RevisionReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"the control port answered {(int)response.StatusCode}", inner: null, response.StatusCode);
        }

        await response.Content.LoadIntoBufferAsync(LongestReply, cancellation);
        try
        {
            return await response.Content.ReadFromJsonAsync(ControlJson.Default.RevisionReply, cancellation)
                ?? throw new HttpRequestException("the control port answered null");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new HttpRequestException("the control port answered something that is not a revision", error);
        }
    }
}
