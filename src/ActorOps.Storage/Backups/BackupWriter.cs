using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Backups;

/// <summary>
/// Writes a backup: lines of JSON, compressed, ended by their own count and checksum. The file is whole or not there: it is written beside, flushed
/// to disk and renamed. One that was cut off has no end and is refused.
/// </summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly GZipStream _compressed;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly BackupRecord.Header _header;
    private long _events;
    private long _snapshots;
    private long _messages;

    public BackupWriter(string path, BackupRecord.Header header)
    {
        (_path, _header) = (path, header);
        File.Delete(Temporary);
        _file = new FileStream(Temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, BufferSize = 1 << 16 });
        _compressed = new GZipStream(_file, CompressionLevel.Fastest, leaveOpen: true);
        Add(header);
    }

    private string Temporary => _path + ".new";

    public void Add(BackupRecord record)
    {
        _events += record is BackupRecord.Event ? 1 : 0;
        _snapshots += record is BackupRecord.Snapshot ? 1 : 0;
        _messages += record is BackupRecord.Message ? 1 : 0;
        WriteLine(record);
    }

    public BackupSummary Finish()
    {
        WriteLine(new BackupRecord.End(_events, _snapshots, _messages, Convert.ToHexStringLower(_hash.GetCurrentHash())));
        _compressed.Dispose();
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(Temporary, _path, overwrite: false);
        DirectoryFlush.For(_path);
        return new BackupSummary(_header.StoreId, _header.Generation, _header.Engine, _header.At, _events, _snapshots, _messages);
    }

    public void Dispose()
    {
        _compressed.Dispose();
        _file.Dispose();
        _hash.Dispose();
        File.Delete(Temporary);
    }

    private void WriteLine(BackupRecord record)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(record, BackupJson.Default.BackupRecord);
        _hash.AppendData(bytes);
        _hash.AppendData("\n"u8);
        _compressed.Write(bytes);
        _compressed.WriteByte((byte)'\n');
    }
}
