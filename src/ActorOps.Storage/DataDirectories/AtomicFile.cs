using System.Text;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.DataDirectories;

/// <summary>Files that are whole or not there: written beside, flushed to disk, renamed over.</summary>
public static class AtomicFile
{
    /// <summary>Replaces a file's content. <paramref name="mode"/> applies from the first byte on; default 0600.</summary>
    public static void Write(string path, string content, UnixFileMode mode = PrivateFiles.File)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            file.Write(Encoding.UTF8.GetBytes(content));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        DirectoryFlush.For(path);
    }
}
