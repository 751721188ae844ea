using System.Globalization;

namespace ActorOps.Server.Hosting;

/// <summary>Which process listens on a port, as Linux tells it under <c>/proc</c>.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";

    /// <summary>Process id and program of the listener; says so where it belongs to another user and cannot be seen.</summary>
    public static string Describe(int port)
    {
        var inodes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            inodes.UnionWith(Inodes(ReadLines(table), port));
        }

        return Find(inodes) is { } found ? $"process {found.Process} ({found.Program})" : "another process, which this user cannot see (sudo ss -ltnp shows it)";
    }

    /// <summary>Inodes of the sockets that listen on a port, from the lines of <c>/proc/net/tcp</c> or <c>tcp6</c>.</summary>
    internal static IEnumerable<string> Inodes(IEnumerable<string> lines, int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[3] == Listening)
            .Select(fields => fields[9]);
    }

    private static (int Process, string Program)? Find(HashSet<string> inodes)
    {
        var targets = inodes.Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
        foreach (var directory in inodes.Count == 0 || !Directory.Exists("/proc") ? [] : Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && Holds(directory, targets))
            {
                return (process, ReadLines(Path.Combine(directory, "comm")).FirstOrDefault("unknown program"));
            }
        }

        return null;
    }

    private static bool Holds(string directory, HashSet<string> targets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(directory, "fd")).Any(entry => new FileInfo(entry).LinkTarget is { } target && targets.Contains(target));
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
