using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// The file that remembers trips before anything else does. An append has completed when it is on the disk; what waits is written together. One thread writes, and nobody
/// else ever waits for the disk longer than he wants to: a disk may stand still without failing. Room is kept ahead, so that a full disk does not stop a trip. After a failed
/// write the descriptor is never used again: what a failed fsync did is unknown, and the next append writes a new file with everything known.
/// </summary>
public sealed class TripLatch : IDisposable
{
    private const int Room = 64 * 1024;
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly ILogger _log;
    private readonly Func<string, FileMode, FileStream> _open;
    private readonly Dictionary<Guid, Trip> _trips = [];
    private readonly HashSet<Guid> _cleared = [];
    private readonly Queue<Append> _waiting = new();
    private readonly Dictionary<Guid, Append> _pending = [];
    private readonly SemaphoreSlim _news = new(0);
    private readonly Thread _writer;
    private FileStream? _file;
    private long _end;
    private volatile bool _hasEnded;

    private TripLatch(string path, ILogger log, Func<string, FileMode, FileStream> open)
    {
        (_path, _log, _open) = (path, log, open);
        _writer = new Thread(Run) { IsBackground = true, Name = "trip-latch" };
    }

    /// <summary>The last write has failed: what was trip since then is in memory alone until a write succeeds.</summary>
    public bool IsBroken => Volatile.Read(ref _file) is null;

    /// <summary>Path of the file.</summary>
    public string Path => _path;

    /// <summary>
    /// Opens the latch. A file that cannot be read in full is moved aside under a name that says so, and its readable part is kept; a
    /// missing file counts as such a problem unless the data directory is new.
    /// </summary>
    /// <exception cref="IOException">No new file can be written.</exception>
    public static (TripLatch Latch, LatchContent Content) Open(string path, bool isNewDirectory, ILogger log) =>
        Open(path, isNewDirectory, log, static (name, mode) => new FileStream(name, mode, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0));

    /// <summary>With another way to open files, as of disks that stand still.</summary>
    internal static (TripLatch Latch, LatchContent Content) Open(string path, bool isNewDirectory, ILogger log, Func<string, FileMode, FileStream> open)
    {
        var latch = new TripLatch(path, log, open);
        var problem = latch.Read(isNewDirectory);
        if (problem is not null || !File.Exists(path))
        {
            latch.Rewrite();
        }
        else
        {
            latch._file = open(path, FileMode.Open);
        }

        latch._writer.Start();

        return (latch, new LatchContent([.. latch._trips.Values], [.. latch._cleared], problem));
    }

    /// <summary>Appends a trip. True: it is on the disk. False: it is not, for a reason that is in the log. A stuck disk leaves it open.</summary>
    public Task<bool> AppendAsync(Trip trip)
    {
        lock (_lock)
        {
            if (!_trips.TryAdd(trip.TripId, trip))
            {
                if (_pending.TryGetValue(trip.TripId, out var pending))
                {
                    return pending.Written.Task;
                }

                // It is on the disk already, unless the last write failed: then writing once more brings everything known there.
                if (_file is not null)
                {
                    return Task.FromResult(true);
                }
            }

            return Enqueue(new LatchRecord { Trip = trip });
        }
    }

    /// <summary>Appends the ids that a reset cleared.</summary>
    public Task<bool> AppendClearedAsync(IReadOnlyCollection<Guid> ids)
    {
        lock (_lock)
        {
            _cleared.UnionWith(ids);
            foreach (var id in ids)
            {
                _trips.Remove(id);
            }

            return Enqueue(new LatchRecord { Cleared = [.. ids] });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hasEnded = true;
        _news.Release();
        _writer.Join(EndWithin);
        _file?.Dispose();
    }

    private Task<bool> Enqueue(LatchRecord record)
    {
        var append = new Append(record);
        if (record.Trip is { } trip)
        {
            _pending[trip.TripId] = append;
        }

        _waiting.Enqueue(append);
        _news.Release();
        return append.Written.Task;
    }

    private void Run()
    {
        while (!_hasEnded || HasWaiting())
        {
            _news.Wait();
            while (Take() is { Count: > 0 } batch)
            {
                var isWritten = TryWrite(batch);
                lock (_lock)
                {
                    foreach (var append in batch)
                    {
                        _ = append.Record.Trip is { } trip && _pending.Remove(trip.TripId);
                    }
                }

                foreach (var append in batch)
                {
                    append.Written.TrySetResult(isWritten);
                }
            }
        }
    }

    private bool HasWaiting()
    {
        lock (_lock)
        {
            return _waiting.Count > 0;
        }
    }

    /// <summary>What waits, at most as much as there is room for.</summary>
    private List<Append> Take()
    {
        lock (_lock)
        {
            var (batch, bytes) = (new List<Append>(), 0);
            while (_waiting.TryPeek(out var next) && (batch.Count == 0 || bytes + next.Bytes.Length <= LatchFormat.LongestRecord))
            {
                batch.Add(_waiting.Dequeue());
                bytes += next.Bytes.Length;
            }

            return batch;
        }
    }

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

    private bool TryWrite(List<Append> batch)
    {
        try
        {
            if (_file is null)
            {
                // The new file holds everything known, these records included.
                Rewrite();
                return true;
            }

            _file.Position = _end;
            foreach (var append in batch)
            {
                _file.Write(append.Bytes);
            }

            _file.Flush(flushToDisk: true);
            _end += batch.Sum(append => append.Bytes.Length);
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
        List<LatchRecord> known;
        lock (_lock)
        {
            known = [.. _trips.Values.Select(trip => new LatchRecord { Trip = trip }), .. _cleared.Chunk(200).Select(ids => new LatchRecord { Cleared = ids })];
        }

        var temporary = _path + ".new";
        var file = _open(temporary, FileMode.Create);
        try
        {
            file.Write(LatchFormat.Header());
            foreach (var record in known)
            {
                file.Write(LatchFormat.Encode(record));
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

    private sealed class Append(LatchRecord record)
    {
        public LatchRecord Record => record;

        public byte[] Bytes { get; } = LatchFormat.Encode(record);

        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
