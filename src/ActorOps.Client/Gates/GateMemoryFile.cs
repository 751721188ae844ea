using System.Text.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Gates;

/// <summary>
/// The small file in which a desk keeps what it must not forget: standing trips and applied control events. A disk that does not take it
/// is told about and tried again at the next change; it never keeps the desk from obeying.
/// </summary>
internal sealed class GateMemoryFile(string? path, Action<string>? trouble = null)
{
    private const int MostApplied = 1000;
    private readonly object _lock = new();
    private GateMemory _memory = Load(path);
    private bool _unsaved;

    public GateMemory Current => _memory;

    public void Save(IReadOnlyList<StandingTrip> trips, IReadOnlyList<string> haltOnIsolation)
    {
        lock (_lock)
        {
            if (_unsaved || !_memory.HaltOnIsolation.SequenceEqual(haltOnIsolation) || !_memory.Trips.Select(trip => trip.TripId).Order().SequenceEqual(trips.Select(trip => trip.TripId).Order()))
            {
                Save(_memory with { Trips = trips, HaltOnIsolation = haltOnIsolation });
            }
        }
    }

    /// <summary>Whether a control event was begun before.</summary>
    public bool HasBegun(Guid control)
    {
        lock (_lock)
        {
            return _memory.Applied.Contains(control);
        }
    }

    /// <summary>True the first time. On disk before it returns where the disk allows, so that a crash while applying does not apply twice.</summary>
    public bool TryBegin(Guid control)
    {
        lock (_lock)
        {
            if (_memory.Applied.Contains(control))
            {
                return false;
            }

            Save(_memory with { Applied = [.. _memory.Applied.TakeLast(MostApplied - 1), control] });
            return true;
        }
    }

    /// <summary>A damaged file is kept aside. Nothing is lost by that alone: the gate is closed until the server has named what stands.</summary>
    private static GateMemory Load(string? path)
    {
        if (path is null || !File.Exists(path))
        {
            return new GateMemory();
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), WireJson.Default.GateMemory) ?? throw new JsonException("The file is empty.");
        }
        catch (JsonException)
        {
            File.Move(path, path + ".damaged", overwrite: true);
            return new GateMemory();
        }
    }

    private void Save(GateMemory memory)
    {
        _memory = memory;
        if (path is null)
        {
            return;
        }

        try
        {
            using (var file = OpenPrivate(path + ".new"))
            {
                JsonSerializer.Serialize(file, memory, WireJson.Default.GateMemory);
                file.Flush(flushToDisk: true);
            }

            File.Move(path + ".new", path, overwrite: true);
            _unsaved = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _unsaved = true;
            trouble?.Invoke($"{path} cannot be written, a restart would forget trips until the node names them: {error.Message}");
        }
    }

    /// <summary>A new file that only its owner reads.</summary>
    private static FileStream OpenPrivate(string file)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }
}
