using System.Globalization;
using System.Net.Http.Headers;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>A mock as a pod serves it: from a bundle, and, where it has limits, with what an operator granted it.</summary>
internal static class MeteredMock
{
    private const string Token = "metered-mock";
    private const string Name = "bench";

    /// <summary>Writes its bundle.</summary>
    /// <param name="root">Where to.</param>
    /// <param name="examples">So many static examples <c>GET /items/n/details</c>, beside one with a wildcard and one with dynamic values.</param>
    /// <param name="hasQuota">Whether a quota counts the calls.</param>
    /// <param name="hasRate">Whether a rate limit does.</param>
    /// <param name="keep">Which calls are remembered.</param>
    public static BundleDirectory Write(string root, int examples, bool hasQuota, bool hasRate, CallKeeping keep) => BundleDirectory.Write(
        root,
        new MockDefinition
        {
            Name = Name,
            Namespace = "bench",
            Examples =
            [
                .. Enumerable.Range(0, examples).Select(static number => Example(string.Create(CultureInfo.InvariantCulture, $"/items/{number}/details"), SampleCollections.Body)),
                Example("/users/{{userId}}", """{"id":"{{userId}}"}"""),
                Example("/random", """{"id":"{{$guid}}","name":"{{$randomFirstName}}"}"""),
            ],
            Quotas = hasQuota ? [new QuotaReference { Name = "team", Uid = "team-uid" }] : null,
            CallLog = new CallLogSpec { Keep = keep },
            RateLimit = hasRate ? new RateLimitSpec { Requests = 1_000_000_000, Per = "1s" } : null,
        },
        Token);

    /// <summary>Does what the operator does: hears which process it is, and grants it more than it will spend.</summary>
    /// <param name="port">The port of the mock.</param>
    public static async Task GrantAsync(int port)
    {
        using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + 2}/")) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        QuotaReport heard = await ExchangeAsync(http, new QuotaInstructions { Mock = Name });
        await ExchangeAsync(http, new QuotaInstructions
        {
            Mock = Name,
            Instance = heard.Instance,
            Heard = heard.Sequence,
            Quotas =
            [
                new QuotaInstruction
                {
                    Quota = "team-uid", Period = "2026-11", EndsInMilliseconds = 3_600_000, Limit = MockQuotaSpec.MaxCalls, Remaining = MockQuotaSpec.MaxCalls, Granted = MockQuotaSpec.MaxCalls,
                },
            ],
        });
    }

    private static ExampleSpec Example(string path, string body) => new()
    {
        Request = new ExampleRequestSpec { Method = "GET", Path = path },
        Response = new ExampleResponseSpec { Status = 200, Body = body },
    };

    private static async Task<QuotaReport> ExchangeAsync(HttpClient http, QuotaInstructions said)
    {
        using HttpResponseMessage response = await http.PostAsync(QuotaExchange.Path, JsonContent.Create(said, RuntimeJson.Default.QuotaInstructions));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(RuntimeJson.Default.QuotaReport))!;
    }
}
