using System.Runtime.InteropServices;

namespace ActorOps.Server.Hosting;

/// <summary>
/// SIGUSR1 trips the firm: for a person with a shell on the machine and no other way in. It is handled from the first moment on, because a process without a handler dies of it;
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

    /// <summary>From now on a signal trips; one that arrived earlier trips now.</summary>
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
