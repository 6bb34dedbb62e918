using System.Runtime.InteropServices;

namespace DinOrleans.Programs.Starting;

/// <summary>Ctrl-C and SIGTERM from a program's first moment, when its host does not take them yet.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>Not disposed: a signal that arrives at the end of the program may still be handled after the registrations are gone.</summary>
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
