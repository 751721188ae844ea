using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Files;

/// <summary>Files that other systems read: they see the old content or the new one, and after a crash one of the two.</summary>
internal static class AtomicText
{
    /// <summary>Replaces a file's content.</summary>
    /// <exception cref="IOException">It could not be written; the old content stands.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
        DirectoryFlush.For(path);
    }
}
