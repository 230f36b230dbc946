using System.Diagnostics;

namespace MockOperator.Fuzzing.Soak;

/// <summary>Has a runtime go through many reloads, and then through many calls, and watches what it takes.</summary>
internal sealed class SoakRun(SoakOptions options)
{
    private const int Readings = 240;
    private const int CallsToAReading = 500;
    private const int HandlesToSpare = 8;
    private const int MostAtOnce = 32;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs to the end.</summary>
    /// <exception cref="InvalidOperationException">The runtime has ended, or does not serve what it was given.</exception>
    public async Task<SoakReport> RunAsync()
    {
        using var mount = new BundleMount();
        mount.Mount("r0");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) }) { Timeout = s_patience };
        using RuntimeProcess runtime = await RuntimeProcess.StartAsync(options.Program, mount, http);
        var reloads = new Reloads(runtime, mount, http);
        var ordinary = new OrdinaryCalls(runtime, http);
        var hostile = new HostileCalls(runtime);
        var phases = new List<SoakPhase>();
        try
        {
            if (options.Reloads > 0)
            {
                phases.Add(await ReloadAsync(runtime, reloads, ordinary, http));
            }

            if (options.Calls > 0)
            {
                phases.Add(await CallAsync(runtime, reloads, ordinary, hostile, http));
            }
        }
        catch (HttpRequestException fault) when (runtime.HasEnded)
        {
            throw new InvalidOperationException($"The runtime has ended: {runtime.Faults}", fault);
        }

        return new SoakReport(phases, ordinary.Answered, ordinary.Failed, hostile.Made, ordinary.Problem, runtime.Faults);
    }

    /// <summary>Reloads, with ordinary calls meanwhile, one after the other.</summary>
    private async Task<SoakPhase> ReloadAsync(RuntimeProcess runtime, Reloads reloads, OrdinaryCalls ordinary, HttpClient http)
    {
        var gauges = new Gauges(runtime, reloads, http);
        using var done = new CancellationTokenSource();
        Task calling = CallUntilAsync(ordinary, done.Token);
        int every = Math.Max(1, options.Reloads / Readings);
        while (reloads.Count < options.Reloads)
        {
            if (reloads.Count % every == 0)
            {
                await gauges.ReadAsync();
            }
            else
            {
                await reloads.NextAsync();
            }

            if (reloads.Count % 500 == 0)
            {
                options.Progress?.Invoke($"{reloads.Count} reloads, {ordinary.Answered} calls answered, {ordinary.Failed} failed");
            }
        }

        await done.CancelAsync();
        await calling;
        return gauges.ToPhase($"{reloads.Count} reloads of 1 MB");
    }

    private async Task CallUntilAsync(OrdinaryCalls ordinary, CancellationToken done)
    {
        var random = new Random(options.Seed);
        while (!done.IsCancellationRequested)
        {
            await ordinary.NextAsync(random);
            await Task.Delay(s_tick, CancellationToken.None);
        }
    }

    /// <summary>Ordinary and hostile calls in turn, with a reload before each reading.</summary>
    private async Task<SoakPhase> CallAsync(RuntimeProcess runtime, Reloads reloads, OrdinaryCalls ordinary, HostileCalls hostile, HttpClient http)
    {
        var gauges = new Gauges(runtime, reloads, http);
        var random = new Random(options.Seed);
        using var atOnce = new SemaphoreSlim(MostAtOnce);
        var clock = Stopwatch.StartNew();
        long every = Math.Max(CallsToAReading, options.Calls / Readings);
        long reading = 0;
        int handles = runtime.Handles;
        for (long call = 0; call < options.Calls; call++)
        {
            if (call >= reading)
            {
                reading += every;
                await gauges.ReadAsync();
                options.Progress?.Invoke($"{call} calls: {ordinary.Answered} answered, {ordinary.Failed} failed, {hostile.Made} hostile");
            }

            TimeSpan due = TimeSpan.FromSeconds((double)call / options.Rate);
            if (due > clock.Elapsed)
            {
                await Task.Delay(s_tick);
            }

            await atOnce.WaitAsync();
            _ = ReleaseAfterAsync(call % 2 == 0 ? ordinary.NextAsync(new Random(random.Next())) : hostile.NextAsync(new Random(random.Next())), atOnce);
        }

        for (int ended = 0; ended < MostAtOnce; ended++)
        {
            await atOnce.WaitAsync();
        }

        // What was hung up on is noticed a moment later.
        for (clock.Restart(); runtime.Handles > handles + HandlesToSpare && clock.Elapsed < s_patience;)
        {
            await Task.Delay(s_tick);
        }

        await gauges.ReadAsync();
        return gauges.ToPhase($"{options.Calls} calls");
    }

    private static async Task ReleaseAfterAsync(Task call, SemaphoreSlim atOnce)
    {
        try
        {
            await call;
        }
        finally
        {
            atOnce.Release();
        }
    }
}
