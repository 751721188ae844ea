using System.Runtime.InteropServices;

namespace ActorOps.Kernel.Persistence;

/// <summary>Makes a rename durable: a flushed file under a new name is safe only once its directory is flushed too.</summary>
public static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the directory that holds a file.</summary>
    /// <exception cref="IOException">The directory cannot be opened or flushed.</exception>
    public static void For(string file)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"{directory} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }

        var failed = Flush(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (failed)
        {
            throw new IOException($"{directory} cannot be flushed (error {error}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
