using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorOps.Ops.Files;

/// <summary>
/// Reads a small file that anybody may have put there. What it is is looked at before it is opened, and it is opened without waiting: a pipe, a device, a socket,
/// a directory or a link is named, never followed and never waited for.
/// </summary>
internal static partial class RegularFile
{
    private const int NoSuchFile = 2;
    private const int OpenToRead = 0x800 | 0x80000; // O_RDONLY | O_NONBLOCK | O_CLOEXEC
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint TypeAndSize = 0x201;

    /// <summary>The content, or what is in the way of reading it; null when nothing is there.</summary>
    public static (byte[]? Bytes, string? Problem)? Read(string path, int longest)
    {
        var (kind, error) = KindOf(CurrentDirectory, path, NoFollow);
        if (kind is null)
        {
            return error == NoSuchFile ? null : (null, $"it cannot be looked at: {new Win32Exception(error).Message}");
        }

        if (kind != FileKind.Regular)
        {
            return (null, $"it is {Word(kind.Value)}");
        }

        using var handle = new SafeFileHandle(Open(path, OpenToRead), ownsHandle: true);
        if (handle.IsInvalid)
        {
            error = Marshal.GetLastPInvokeError();
            return error == NoSuchFile ? null : (null, $"it cannot be read: {new Win32Exception(error).Message}");
        }

        // It may be another one by now.
        return KindOf((int)handle.DangerousGetHandle(), string.Empty, EmptyPath).Kind == FileKind.Regular ? Content(handle, longest) : (null, "it was replaced while it was read");
    }

    private static (byte[]? Bytes, string? Problem) Content(SafeFileHandle handle, int longest)
    {
        var bytes = new byte[longest + 1];
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
        }

        return length > longest ? (null, $"it has more than {longest} bytes") : (bytes[..length], null);
    }

    private static (FileKind? Kind, int Error) KindOf(int directory, string path, int flags)
    {
        // struct statx is the same on every architecture: the mode is at byte 28.
        Span<byte> found = stackalloc byte[256];
        return Statx(directory, path, flags, TypeAndSize, ref MemoryMarshal.GetReference(found)) == 0
            ? ((FileKind)(BinaryPrimitives.ReadUInt16LittleEndian(found[28..]) >> 12), 0)
            : (null, Marshal.GetLastPInvokeError());
    }

    private static string Word(FileKind kind) => kind switch
    {
        FileKind.Pipe => "a named pipe",
        FileKind.CharacterDevice or FileKind.BlockDevice => "a device",
        FileKind.Directory => "a directory",
        FileKind.Link => "a symbolic link",
        FileKind.Socket => "a socket",
        _ => "not a file",
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte found);

    private enum FileKind
    {
        Pipe = 1,
        CharacterDevice = 2,
        Directory = 4,
        BlockDevice = 6,
        Regular = 8,
        Link = 10,
        Socket = 12,
    }
}
