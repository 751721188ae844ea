using System.ComponentModel;
using System.Runtime.InteropServices;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Files;

/// <summary>
/// Replaces a file that others write too, and loses nothing of theirs: what was there at the moment of the change is kept aside to be read. There is no moment in
/// which nothing is there. Where a file system cannot exchange two names, the file is replaced without that.
/// </summary>
internal static partial class ExchangedFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int CurrentDirectory = -100;
    private const uint NoReplace = 1;
    private const uint Exchange = 2;
    private const int NoSuchFile = 2;
    private const int Exists = 17;
    private const int MostTries = 100;

    /// <summary>Puts content at a path. What was there is at <paramref name="aside"/> then; nothing is there when nothing was.</summary>
    /// <exception cref="IOException">It could not be written; what was there stands.</exception>
    public static void Put(string path, string aside, ReadOnlySpan<byte> content)
    {
        using (var file = new FileStream(aside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        for (var tries = 0; ; tries++)
        {
            var error = Rename(aside, path, tries % 2 == 0 ? Exchange : NoReplace);
            if (error == 0)
            {
                break;
            }

            // It came or went in between: the other way fits now.
            if (error is not (NoSuchFile or Exists) || tries == MostTries)
            {
                File.Move(aside, path, overwrite: true);
                break;
            }
        }

        DirectoryFlush.For(path);
    }

    /// <summary>Takes a file away. It is at <paramref name="aside"/> then; false when nothing was there.</summary>
    /// <exception cref="IOException">It could not be moved.</exception>
    public static bool Take(string path, string aside) => Rename(path, aside, 0) switch
    {
        0 => true,
        NoSuchFile => false,
        var error => throw new IOException($"{path} cannot be moved: {new Win32Exception(error).Message}"),
    };

    private static int Rename(string from, string to, uint flags) => RenameAt(CurrentDirectory, from, CurrentDirectory, to, flags) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromDirectory, string from, int toDirectory, string to, uint flags);
}
