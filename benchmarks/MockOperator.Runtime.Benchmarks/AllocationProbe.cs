using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Resources;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Benchmarks.Bare;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>Counts the bytes that a request costs the garbage collector, in this process and with a client that allocates nothing itself.</summary>
internal static class AllocationProbe
{
    private const int WarmUp = 20_000;
    private const int Requests = 200_000;

    /// <summary>Bytes a request of the runtime's own pipeline for a static example.</summary>
    /// <param name="isLimited">Whether a rate limit and two quotas count the calls.</param>
    /// <param name="keep">Which calls are remembered.</param>
    public static async Task<double> OfStaticExampleAsync(bool isLimited, CallKeeping keep)
    {
        var mocks = new MockDirectory();
        var mock = new HostedMock("bench", "default", new MockMetrics().For("bench"), mocks.Journals.Open(TimeProvider.System), TimeProvider.System);
        var definition = new MockDefinition { Name = "bench", Namespace = "default", CallLog = new CallLogSpec { Keep = keep } };
        if (isLimited)
        {
            definition = definition with
            {
                Quotas = [new QuotaReference { Name = "one", Uid = "1" }, new QuotaReference { Name = "two", Uid = "2" }],
                RateLimit = new RateLimitSpec { Requests = 1_000_000_000, Per = "1s" },
            };
        }

        var reading = (ContentReading.Usable)ContentCompiler.Compile(
            "r", definition, SampleCollections.Static(1000), new Dictionary<string, string>(StringComparer.Ordinal), ApiKeyRing.Of([]), TimeProvider.System);
        mock.Serve(reading.Content);
        await mock.Limiting.ExchangeAsync(Grant(mock), CancellationToken.None);
        mocks.Table = new HostTable([mock]);
        return await MeasureAsync(new MockApplication(
            mocks, new RuntimeState(), new DelayGate(TimeProvider.System, 1), WorkGate.OfProcess(), new HeldMemory(HeldMemory.Share, HeldMemory.Share, HeldMemory.Available), TimeProvider.System, NullLogger<MockApplication>.Instance));
    }

    private static QuotaInstructions Grant(HostedMock mock) => new()
    {
        Mock = mock.Name,
        Instance = mock.Limiting.Meter.Instance,
        Quotas = [.. mock.Content!.Quotas.Select(static quota => new QuotaInstruction
        {
            Quota = quota.Uid,
            Period = "2026-11",
            EndsInMilliseconds = 3_600_000,
            Limit = MockQuotaSpec.MaxCalls,
            Remaining = MockQuotaSpec.MaxCalls,
            Granted = MockQuotaSpec.MaxCalls,
        })],
    };

    /// <summary>Bytes a request of a bare endpoint: what Kestrel itself costs.</summary>
    public static Task<double> OfBareEndpointAsync() => MeasureAsync(new BareApplication(Encoding.UTF8.GetBytes(SampleCollections.Body)));

    private static async Task<double> MeasureAsync<TContext>(IHttpApplication<TContext> application)
        where TContext : notnull
    {
        await using Port port = await Port.OpenAsync(IPAddress.Loopback, 0, PortLimits.Mocks(16), application, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None, inline: true);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(IPAddress.Loopback, port.Number);
        byte[] request = "GET /items/500/details HTTP/1.1\r\nHost: bench\r\n\r\n"u8.ToArray();
        byte[] response = new byte[4096];
        Call(client, request, response, WarmUp);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Call(client, request, response, Requests);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Requests;
    }

    private static void Call(Socket client, byte[] request, byte[] response, int times)
    {
        ReadOnlySpan<byte> end = Encoding.UTF8.GetBytes(SampleCollections.Body);
        for (int call = 0; call < times; call++)
        {
            client.Send(request);
            int length = 0;
            while (length == 0 || !response.AsSpan(0, length).EndsWith(end))
            {
                length += client.Receive(response, length, response.Length - length, SocketFlags.None);
            }
        }
    }
}
