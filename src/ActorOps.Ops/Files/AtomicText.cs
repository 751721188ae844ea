using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Files;

/// <summary>Files that other systems of the same user read: they see the old content or the new one, and after a crash one of the two. Nobody else can read them.</summary>
internal static class AtomicText
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file's content.</summary>
    /// <exception cref="IOException">It could not be written; the old content stands.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory, Private | UnixFileMode.UserExecute);
        File.Delete(path + ".new");
        using (var file = new FileStream(path + ".new", new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
        DirectoryFlush.For(path);
    }
}
