using System.Net;
using System.Net.Sockets;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Ports;
using MockOperator.Client.Workloads;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Forwarding;

namespace MockOperator.Cli.Forwards;

/// <summary>A port of this machine, on the loopback address, whose connections lead to a pod of a mock that is ready.</summary>
/// <remarks>
/// Each connection goes its own way through the API server. Pods are looked for again when one cannot be reached and every few seconds, so that a rollout ends the connections that are open and no
/// more. At most <see cref="MostConnections"/> are open at once; others wait.
/// </remarks>
internal sealed class MockForward : IDisposable
{
    private const int MostConnections = 256;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PatienceForAnswer = TimeSpan.FromSeconds(10);

    private readonly MockPorts _ports;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly TcpListener _listener;
    private readonly SemaphoreSlim _room = new(MostConnections);
    private readonly SemaphoreSlim _looking = new(1);
    private IReadOnlyList<Pod> _pods = [];
    private long _lookedAt;
    private bool _isStale = true;
    private string? _told;

    /// <summary>Begins to listen.</summary>
    /// <param name="ports">The ports of the mock.</param>
    /// <param name="port">The port of this machine; 0 for a free one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Told what goes wrong with connections, and once for a run of the same.</param>
    /// <exception cref="CommandException">The port is taken, or not this user's to open.</exception>
    public MockForward(MockPorts ports, int port, TimeProvider time, Action<string> tell)
    {
        (_ports, _time, _tell) = (ports, time, tell);
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new CommandException($"Port {port} of this machine cannot be opened: {e.Message}. Name another; 0 takes a free one.", e);
        }
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Looks whether there is a pod that can be reached by this caller at all, so that a missing right is said before anybody calls.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    /// <exception cref="PodPortException">It cannot be reached.</exception>
    /// <exception cref="ApiException">Pods cannot be listed.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(cancellationToken);
    }

    /// <summary>Takes connections until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await _room.WaitAsync(cancellationToken);
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(cancellationToken), cancellationToken);
            }
            catch (SocketException e)
            {
                // Too many open files, or a caller who left before being taken.
                _room.Release();
                Tell(e.Message);
                await Task.Delay(PauseAfterFault, _time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _looking.Dispose();
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await using var pod = await OpenAsync(cancellationToken);
                _told = null;
                await PipeAsync(client.GetStream(), pod, cancellationToken);
            }
        }
        catch (Exception e) when (e is CommandException or ApiException || PodPortException.In(e) is not null)
        {
            _isStale = true;
            Tell(PodPortException.In(e)?.Message ?? e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The caller left, or everything ends.
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>The first pod that lets itself be reached, the list read anew when none of the known ones does.</summary>
    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            foreach (var pod in await FindAsync(cancellationToken))
            {
                try
                {
                    return await _ports.Port(pod.Metadata.Name, MockPorts.Http).OpenAsync(cancellationToken);
                }
                catch (PodPortException e) when (e.Kind != PodPortFailure.Forbidden)
                {
                    last = e;
                }
            }

            _isStale = true;
        }

        throw last ?? new CommandException($"The mock {_ports.Mock.Name} has no pod that is ready. `kubectl mock status {_ports.Mock.Name}` says why.");
    }

    private async Task<IReadOnlyList<Pod>> FindAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_isStale || _time.GetElapsedTime(_lookedAt) > LookEvery)
            {
                _pods = await _ports.FindReadyAsync(cancellationToken);
                _lookedAt = _time.GetTimestamp();
                _isStale = false;
            }

            return _pods;
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task PipeAsync(NetworkStream client, Stream pod, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = client.CopyToAsync(pod, end.Token);
        var down = pod.CopyToAsync(client, end.Token);
        if (await Task.WhenAny(up, down) == up && up.IsCompletedSuccessfully)
        {
            // The caller has said all, and perhaps waits for the answer. A forwarded port has no half-closed state that would tell the pod.
            await Task.WhenAny(down, Task.Delay(PatienceForAnswer, _time, end.Token));
        }

        await end.CancelAsync();
        await Task.WhenAll(up, down);
    }

    private void Tell(string what)
    {
        if (Interlocked.Exchange(ref _told, what) != what)
            _tell(what);
    }
}
