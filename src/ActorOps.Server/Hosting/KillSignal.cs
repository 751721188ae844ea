using System.Runtime.InteropServices;

namespace ActorOps.Server.Hosting;

/// <summary>
/// SIGUSR1 trips the firm: for whoever has a shell on the machine, and nothing else. It is heard from the first moment on, since a process that does not listen dies of it;
/// one that comes before the node can trip is kept until it can.
/// </summary>
internal sealed class KillSignal : IDisposable
{
    /// <summary>SIGUSR1, as the system counts.</summary>
    public const int Number = 10;

    private readonly Lock _lock = new();
    private readonly PosixSignalRegistration _registration;
    private Action? _trip;
    private bool _isAsked;

    public KillSignal() => _registration = PosixSignalRegistration.Create((PosixSignal)Number, OnSignal);

    /// <summary>From now on a signal trips; one that has come before does so now.</summary>
    public void Arm(Action trip)
    {
        lock (_lock)
        {
            _trip = trip;
            if (!_isAsked)
            {
                return;
            }
        }

        trip();
    }

    public void Dispose() => _registration.Dispose();

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Action? trip;
        lock (_lock)
        {
            _isAsked = true;
            trip = _trip;
        }

        trip?.Invoke();
    }
}
