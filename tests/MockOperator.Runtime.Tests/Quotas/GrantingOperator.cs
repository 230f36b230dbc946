using System.Net;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Quotas;

/// <summary>The operator's side of the control port of a host.</summary>
internal sealed class GrantingOperator(BundleHost host)
{
    private string? _instance;

    /// <summary>The number of the last report.</summary>
    public long Heard { get; set; }

    /// <summary>Asks which process it is.</summary>
    public static async Task<GrantingOperator> MeetAsync(BundleHost host)
    {
        var meeting = new GrantingOperator(host);
        await meeting.SayAsync();
        return meeting;
    }

    /// <summary>Says something of quotas, and hears the answer.</summary>
    public Task<QuotaReport> SayAsync(params QuotaInstruction[] quotas) => SayAsync(waitSeconds: 0, readyPods: 1, quotas);

    /// <summary>Says something of quotas, and hears the answer.</summary>
    public async Task<QuotaReport> SayAsync(int waitSeconds, int readyPods, params QuotaInstruction[] quotas)
    {
        var said = new QuotaInstructions { Mock = "petstore", Instance = _instance, Heard = Heard, WaitSeconds = waitSeconds, ReadyPods = readyPods, Quotas = quotas };
        (HttpStatusCode status, string answer) = await PostAsync(host, JsonSerializer.SerializeToUtf8Bytes(said, RuntimeJson.Default.QuotaInstructions));
        Assert.True(status == HttpStatusCode.OK, answer);
        QuotaReport report = JsonSerializer.Deserialize(answer, RuntimeJson.Default.QuotaReport)!;
        (_instance, Heard) = (report.Instance, report.Sequence);
        return report;
    }

    /// <summary>Sends a body.</summary>
    public static async Task<(HttpStatusCode Status, string Answer)> PostAsync(BundleHost host, byte[] body, string token = MountedBundle.Token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, QuotaExchange.Path) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using HttpResponseMessage response = await host.Control.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
