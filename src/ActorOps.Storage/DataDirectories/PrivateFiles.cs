using System.Runtime.InteropServices;

namespace ActorOps.Storage.DataDirectories;

/// <summary>
/// Everything under a data directory belongs to its owner alone: files 0600, directories 0700. New ones get these modes by the process's umask; older ones are
/// tightened when the directory is opened.
/// </summary>
public static partial class PrivateFiles
{
    /// <summary>Mode of a private file.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Mode of a private directory.</summary>
    public const UnixFileMode Directory = File | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>From now on this process makes files and directories for its owner only, unless it asks for more.</summary>
    public static void Begin() => _ = UMask((uint)Others);

    /// <summary>Takes every right of group and others away from a directory and all that is in it. Links are left alone, and so is what belongs to somebody else.</summary>
    /// <returns>How many files and directories had such rights.</returns>
    public static int Tighten(string directory)
    {
        var count = TightenOne(directory);
        foreach (var entry in System.IO.Directory.EnumerateFileSystemEntries(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            count += TightenOne(entry);
        }

        return count;
    }

    private static int TightenOne(string path)
    {
        try
        {
            var mode = System.IO.File.GetUnixFileMode(path);
            if ((mode & Others) == 0)
            {
                return 0;
            }

            System.IO.File.SetUnixFileMode(path, mode & ~Others);
            return 1;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or another user's file, whose modes are that user's business.
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint UMask(uint mask);
}
