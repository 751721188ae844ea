using Microsoft.Win32.SafeHandles;

namespace ActorOps.Server.Hosting;

/// <summary>A few descriptors that are kept for the ways to trip: when none is left, they are let go of for the time of one look at the file or the socket.</summary>
internal sealed class DescriptorReserve : IDisposable
{
    private const int Count = 8;
    private readonly Lock _lock = new();
    private readonly List<SafeFileHandle> _kept = [];

    public DescriptorReserve() => Fill();

    /// <summary>Frees the reserve if the process has no descriptor left; true then.</summary>
    public bool FreeIfNeeded()
    {
        lock (_lock)
        {
            if (TryOpen() is { } probe)
            {
                probe.Dispose();
                return false;
            }

            Empty();
            return true;
        }
    }

    /// <summary>Takes back what was let go of, as far as there is room.</summary>
    public void Fill()
    {
        lock (_lock)
        {
            while (_kept.Count < Count && TryOpen() is { } handle)
            {
                _kept.Add(handle);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Empty();
        }
    }

    private static SafeFileHandle? TryOpen()
    {
        try
        {
            return File.OpenHandle("/dev/null");
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Empty()
    {
        _kept.ForEach(handle => handle.Dispose());
        _kept.Clear();
    }
}
