using System.Runtime.InteropServices;

namespace DinOrleans.Programs.Starting;

/// <summary>Catches Ctrl-C and SIGTERM from the first moment of a program, before its host does.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>This is never disposed, because a signal that arrives at the end may still be handled after the registrations are gone.</summary>
    private readonly CancellationTokenSource _stop = new();

    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
        [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT]).Select(s => PosixSignalRegistration.Create(s, Stop))];

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }
}
