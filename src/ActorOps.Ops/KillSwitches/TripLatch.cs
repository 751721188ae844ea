using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// The file that remembers trips before anything else does. An append returns when it is on the disk. Room is kept ahead, so that a full
/// disk does not stop a trip. After a failed write the descriptor is never used again: what a failed fsync did is unknown, and the next
/// append writes a new file with everything known.
/// </summary>
public sealed class TripLatch : IDisposable
{
    private const int Room = 64 * 1024;
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly ILogger _log;
    private readonly Dictionary<Guid, Trip> _trips = [];
    private readonly HashSet<Guid> _cleared = [];
    private FileStream? _file;
    private long _end;

    private TripLatch(string path, ILogger log) => (_path, _log) = (path, log);

    /// <summary>Path of the file.</summary>
    public string Path => _path;

    /// <summary>
    /// Opens the latch. A file that cannot be read in full is moved aside under a name that says so, and its readable part is kept; a
    /// missing file counts as such a problem unless the data directory is new.
    /// </summary>
    /// <exception cref="IOException">No new file can be written.</exception>
    public static (TripLatch Latch, LatchContent Content) Open(string path, bool isNewDirectory, ILogger log)
    {
        var latch = new TripLatch(path, log);
        var problem = latch.Read(isNewDirectory);
        if (problem is not null || !File.Exists(path))
        {
            latch.Rewrite();
        }
        else
        {
            latch._file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }

        return (latch, new LatchContent([.. latch._trips.Values], [.. latch._cleared], problem));
    }

    /// <summary>Appends a trip; on the disk when this returns true. False: not latched, for a reason that is in the log.</summary>
    public bool TryAppend(Trip trip)
    {
        lock (_lock)
        {
            // A known trip is on the disk already, unless the last write failed: then writing once more brings everything known there.
            return (!_trips.TryAdd(trip.TripId, trip) && _file is not null) || TryWrite(new LatchRecord { Trip = trip });
        }
    }

    /// <summary>Appends the ids that a reset cleared.</summary>
    public bool TryAppendCleared(IReadOnlyCollection<Guid> ids)
    {
        lock (_lock)
        {
            _cleared.UnionWith(ids);
            foreach (var id in ids)
            {
                _trips.Remove(id);
            }

            return TryWrite(new LatchRecord { Cleared = [.. ids] });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private string? Read(bool isNewDirectory)
    {
        if (Directory.Exists(_path))
        {
            return MoveAside($"the latch file {_path} cannot be read: it is a directory");
        }

        if (!File.Exists(_path))
        {
            return isNewDirectory ? null : $"the latch file {_path} is missing from a data directory that has been in use";
        }

        try
        {
            (var records, _end, var problem) = LatchFormat.Decode(File.ReadAllBytes(_path));
            foreach (var record in records)
            {
                Remember(record);
            }

            return problem is null ? null : MoveAside($"the latch file {_path} cannot be trusted: {problem}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return MoveAside($"the latch file {_path} cannot be read: {error.Message}");
        }
    }

    private void Remember(LatchRecord record)
    {
        if (record.Trip is { } trip)
        {
            _trips[trip.TripId] = trip;
        }

        foreach (var id in record.Cleared ?? [])
        {
            _cleared.Add(id);
            _trips.Remove(id);
        }
    }

    private string MoveAside(string problem)
    {
        for (var n = 1; ; n++)
        {
            var aside = $"{_path}.unreadable-{n}";
            if (!System.IO.Path.Exists(aside))
            {
                if (Directory.Exists(_path))
                {
                    Directory.Move(_path, aside);
                }
                else
                {
                    File.Move(_path, aside);
                }

                return $"{problem}; it was kept as {aside}";
            }
        }
    }

    private bool TryWrite(LatchRecord record)
    {
        try
        {
            if (_file is null)
            {
                // The new file holds everything known, this record included.
                Rewrite();
                return true;
            }

            var bytes = LatchFormat.Encode(record);
            _file.Position = _end;
            _file.Write(bytes);
            _file.Flush(flushToDisk: true);
            _end += bytes.Length;
            KeepRoom();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            KillSwitchLog.LatchFailed(_log, _path, error);
            _file?.Dispose();
            _file = null;
            return false;
        }
    }

    /// <summary>Extends the file before it is needed; a failure shows when it is.</summary>
    private void KeepRoom()
    {
        if (_end + LatchFormat.LongestRecord > _file!.Length)
        {
            try
            {
                var length = _file.Length;
                _file.Position = length;
                _file.Write(new byte[Room]);
                _file.Flush(flushToDisk: true);
            }
            catch (IOException error)
            {
                KillSwitchLog.LatchRoomFailed(_log, _path, error);
            }
        }
    }

    /// <summary>Writes the whole latch beside the old one and renames it over.</summary>
    private void Rewrite()
    {
        var temporary = _path + ".new";
        var file = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            file.Write(LatchFormat.Header());
            foreach (var trip in _trips.Values)
            {
                file.Write(LatchFormat.Encode(new LatchRecord { Trip = trip }));
            }

            foreach (var ids in _cleared.Chunk(200))
            {
                file.Write(LatchFormat.Encode(new LatchRecord { Cleared = ids }));
            }

            _end = file.Position;
            file.Write(new byte[Room]);
            file.Flush(flushToDisk: true);
            File.Move(temporary, _path, overwrite: true);
            DirectoryFlush.For(_path);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _file = file;
    }
}
