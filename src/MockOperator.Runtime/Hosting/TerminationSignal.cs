using System.Runtime.InteropServices;

namespace MockOperator.Runtime.Hosting;

/// <summary>SIGTERM and SIGINT: the first asks for a drain, the second for an end at once.</summary>
internal sealed class TerminationSignal : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Takes the signals over from the system's default, which ends the process.</summary>
    public TerminationSignal() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
    ];

    /// <summary>Fires at the first signal.</summary>
    public CancellationToken Drain => _first.Token;

    /// <summary>Fires at the second signal.</summary>
    public CancellationToken Now => _second.Token;

    /// <summary>Waits for the first signal.</summary>
    public async Task WaitAsync()
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = Drain.Register(signalled.SetResult);
        await signalled.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _first.Dispose();
        _second.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        (_first.IsCancellationRequested ? _second : _first).Cancel();
    }
}
