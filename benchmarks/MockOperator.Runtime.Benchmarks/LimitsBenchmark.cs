using System.Globalization;
using System.Net.Http.Headers;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>What a quota, a rate limit and the headers that tell of them, and then the journal of calls, cost a static request: the same mock with and without, all with all metrics.</summary>
internal sealed class LimitsBenchmark(Programs programs, LoadGenerator load, Report report)
{
    private const int FirstPort = 18180;
    private const int PortsOfEach = 3;
    private const int Examples = 1000;
    private const string Path = "/items/{n}/details";
    private const string Token = "limits-benchmark";
    private const string Mock = "bench";
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-limits").FullName;
    private int _servers;

    public void Run()
    {
        using ServerProcess open = Serve("open", isLimited: false, CallKeeping.None);
        using ServerProcess limited = Serve("limited", isLimited: true, CallKeeping.None);
        using ServerProcess remembered = Serve("remembered", isLimited: true, CallKeeping.All);
        Rates rates = load.Measure(Examples, (open, Path), (limited, Path), (remembered, Path));
        report.AtLeast("quota and rate limit, against the same without", rates.Ratio(limited.Name, open.Name), 0.95, $"{rates.Describe(limited.Name)}, {rates.Describe(open.Name)}");
        report.AtLeast("quota, rate limit and journal, against the same without", rates.Ratio(remembered.Name, open.Name), 0.85, rates.Describe(remembered.Name));
        Directory.Delete(_directory, recursive: true);
    }

    private ServerProcess Serve(string name, bool isLimited, CallKeeping keep)
    {
        string bundle = System.IO.Path.Combine(_directory, name);
        var definition = new MockDefinition
        {
            Name = Mock,
            Namespace = "bench",
            Examples = [.. Enumerable.Range(0, Examples).Select(static number => new ExampleSpec
            {
                Request = new ExampleRequestSpec { Method = "GET", Path = string.Create(CultureInfo.InvariantCulture, $"/items/{number}/details") },
                Response = new ExampleResponseSpec { Status = 200, Body = SampleCollections.Body },
            })],
            Quotas = isLimited ? [new QuotaReference { Name = "team", Uid = "team-uid" }] : null,
            CallLog = new CallLogSpec { Keep = keep },
            RateLimit = isLimited ? new RateLimitSpec { Requests = 1_000_000_000, Per = "1s" } : null,
        };
        BundleDirectory.Write(bundle, definition, Token);
        int port = FirstPort + (PortsOfEach * _servers++);
        ServerProcess server = ServerProcess.Start(
            name, port, port + 1, "/readyz", programs.Runtime, "run", "--bundle", bundle, "--secrets", System.IO.Path.Combine(_directory, "secrets"), "--address", "127.0.0.1",
            "--port", Text(port), "--admin-port", Text(port + 1), "--control-port", Text(port + 2), "--calls-port", "0");
        if (isLimited)
        {
            GrantAsync(port + 2).GetAwaiter().GetResult();
        }

        return server;
    }

    /// <summary>Does what the operator does: hears which process it is, and grants it more than it will spend.</summary>
    private static async Task GrantAsync(int controlPort)
    {
        using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{controlPort}/")) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        QuotaReport heard = await ExchangeAsync(http, new QuotaInstructions { Mock = Mock });
        await ExchangeAsync(http, new QuotaInstructions
        {
            Mock = Mock,
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

    private static async Task<QuotaReport> ExchangeAsync(HttpClient http, QuotaInstructions said)
    {
        using HttpResponseMessage response = await http.PostAsync(QuotaExchange.Path, JsonContent.Create(said, RuntimeJson.Default.QuotaInstructions));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(RuntimeJson.Default.QuotaReport))!;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
