using System.Net;
using Microsoft.AspNetCore.Connections;
using MockOperator.Runtime.Administration;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.CallReading;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Control;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Requests;

namespace MockOperator.Runtime.Hosting;

/// <summary>The ports of a runtime and what they share, from opening to drain.</summary>
internal sealed partial class RuntimeHost(RuntimeHostOptions options, ILoggerFactory loggers, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long the log has to take the last calls, and then the operator to hear what is given back. What it does not hear counts as answered.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    // Readers come by way of a port-forward, which takes longer to open than a connection.
    private static readonly TimeSpan s_readersKeepAlive = TimeSpan.FromSeconds(30);

    // That of the mocks first.
    private Port[] _ports = [];
    private readonly CancellationTokenSource _noMoreCalls = new();
    private Task _printing = Task.CompletedTask;
    private Task _idling = Task.CompletedTask;

    /// <summary>The mocks that are served.</summary>
    public MockDirectory Mocks { get; } = new(new CallJournals(options.CallBytes, Random.Shared));

    /// <summary>Readiness.</summary>
    public RuntimeState State { get; } = new();

    /// <summary>Metrics.</summary>
    public MockMetrics Metrics { get; } = new();

    /// <summary>What is held of the calls under way.</summary>
    public HeldMemory Memory { get; } = new(options.RequestBytes, options.ResponseBytes, HeldMemory.Available);

    /// <summary>Through which long work passes.</summary>
    public WorkGate LongWork { get; } = WorkGate.OfProcess();

    /// <summary>Port of the mocks, once open.</summary>
    public int MockPort { get; private set; }

    /// <summary>Port of probes and metrics, once open.</summary>
    public int AdminPort { get; private set; }

    /// <summary>Port of the operator, once open.</summary>
    public int ControlPort { get; private set; }

    /// <summary>Port at which calls are read, once open.</summary>
    public int CallsPort { get; private set; }

    /// <summary>Opens the ports.</summary>
    /// <param name="follower">What the control port tells of and hands bundles to; null for no control port.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">A port is taken.</exception>
    public async Task OpenAsync(BundleFollower? follower, CancellationToken cancellation)
    {
        int files = OpenFiles.Raise();
        var places = ConnectionPlaces.Within(files, options.MaxConnections ?? RuntimeHostOptions.DefaultMaxConnections, options.MaxInternalConnections);
        if (options.MaxConnections is { } wanted && places.Mocks < wanted)
        {
            LogFewFiles(loggers.CreateLogger<RuntimeHost>(), wanted, files, places.Mocks);
        }

        var delays = new DelayGate(time, options.MaxDelayed);
        var mocks = new MockApplication(Mocks, State, delays, LongWork, Memory, time, loggers.CreateLogger<MockApplication>());
        Port mockPort = await Port.OpenAsync(
            options.Address, options.Port, PortLimits.Mocks(places.Mocks), mocks, loggers, time, cancellation, RefusalWriter.Attach, Memory, inline: true);
        Add(mockPort);
        MockPort = mockPort.Number;
        Metrics.Watch("mocks", mockPort.Connections);
        Metrics.Watch("request", Memory.Requests);
        Metrics.Watch("head", Memory.Heads);
        Metrics.Watch("response", Memory.Responses);
        Metrics.Watch("body", Memory.Bodies);
        PortLimits inward = PortLimits.Internal(places.Internal, options.InternalKeepAlive);
        Port admin = await OpenAsync(
            options.AdminPort,
            options.AdminPortMayBeAnother,
            number => Port.OpenAsync(options.Address, number, inward, new AdminApplication(State, Metrics, ClosedPort), loggers, time, cancellation));
        Add(admin);
        AdminPort = admin.Number;
        Metrics.Watch("admin", admin.Connections);
        // Never any other address than the loopback's, whatever was said of the others.
        IPAddress loopback = options.Address is { } address && IPAddress.IsLoopback(address) ? address : IPAddress.Loopback;
        Metrics.Watch("call", Mocks.Journals.Memory);
        Port calls = await OpenAsync(
            options.CallsPort,
            options.CallsPortMayBeAnother,
            number => Port.OpenAsync(loopback, number, inward with { KeepAlive = s_readersKeepAlive }, new CallsApplication(Mocks, time, _noMoreCalls.Token), loggers, time, cancellation));
        Add(calls);
        CallsPort = calls.Number;
        Metrics.Watch("calls", calls.Connections);
        _printing = new CallPrinter(Mocks, options.CallLog, options.ShowsCalls, time).RunAsync(_noMoreCalls.Token);
        if (follower is not null)
        {
            Port control = await Port.OpenAsync(
                options.Address, options.ControlPort, inward, new ControlApplication(follower, Mocks, time), loggers, time, cancellation);
            Add(control);
            ControlPort = control.Number;
            Metrics.Watch("control", control.Connections);
        }

        _idling = new IdleMemory(() => _ports.Sum(static port => port.Connections.Count), time).RunAsync(_noMoreCalls.Token);
    }

    private void Add(Port port) => _ports = [.. _ports, port];

    /// <summary>The port that takes no more connections although nobody told it to; null when there is none.</summary>
    private int? ClosedPort() => _ports.FirstOrDefault(static port => !port.IsAccepting)?.Number;

    private static async Task<Port> OpenAsync(int number, bool mayBeAnother, Func<int, Task<Port>> open)
    {
        try
        {
            return await open(number);
        }
        catch (IOException taken) when (mayBeAnother && taken.InnerException is AddressInUseException)
        {
            return await open(0);
        }
    }

    /// <summary>
    /// Ends without cutting anybody off: not ready at once, then for <see cref="RuntimeHostOptions.DrainDelay"/> still answering while load balancers notice, then
    /// no new connections and up to <see cref="RuntimeHostOptions.GracePeriod"/> for the requests under way, delayed ones included. Then the operator has a moment to hear what is left of the quotas.
    /// </summary>
    /// <param name="impatience">Fires when it should end now.</param>
    public async Task DrainAsync(CancellationToken impatience)
    {
        State.BeginDrain();
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(impatience);
        try
        {
            await Task.Delay(options.DrainDelay, time, grace.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever cannot wait gets the quick end.
        }

        grace.CancelAfter(options.GracePeriod);
        for (int index = 0; index < _ports.Length; index++)
        {
            await _ports[index].StopAsync(grace.Token);
            if (index == 0)
            {
                await _noMoreCalls.CancelAsync();

                // A log that nobody takes away must not keep the process.
                await _printing.WaitAsync(s_farewell, time, impatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await GiveBackAsync(impatience);
            }
        }
    }

    /// <summary>Gives back what the mocks hold of their quotas, now that the last call was answered, and stays a moment for the operator to hear of it.</summary>
    private async Task GiveBackAsync(CancellationToken impatience)
    {
        foreach (HostedMock mock in Mocks.Table.Mocks)
        {
            mock.Limiting.Meter.End();
        }

        await Task.WhenAll(Mocks.Table.Mocks.Select(static mock => mock.Limiting.Meter).Where(static meter => meter.IsNeeded).Select(static meter => meter.Farewell))
            .WaitAsync(s_farewell, time, impatience)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Port port in _ports)
        {
            await port.DisposeAsync();
        }

        _ports = [];
        await _noMoreCalls.CancelAsync();
        await _idling;
        _noMoreCalls.Dispose();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "--max-connections {Wanted} does not fit: this process may have {Files} files open, which is room for {Places} connections. Raise the limit of open files of the container's host, or ask for fewer connections")]
    private static partial void LogFewFiles(ILogger logger, int wanted, int files, int places);
}
