using System.Runtime.InteropServices;

namespace MockOperator.Cli.Connections;

/// <summary>Ctrl+C and SIGTERM as a token, once: the second time the process ends where it stands.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    /// <param name="also">What else ends the run.</param>
    public Interrupt(CancellationToken also)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(also);
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Cancel(PosixSignalContext signal)
    {
        if (_source.IsCancellationRequested)
            return;
        signal.Cancel = true;
        _source.Cancel();
    }
}
