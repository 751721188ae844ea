using System.Globalization;

namespace ActorOps.Server.Hosting;

/// <summary>
/// How many files and sockets this process may have open at once. The runtime raises the soft limit to the hard one automatically.
/// </summary>
/// <remarks>
/// A process at this limit is lost: the runtime opens two descriptors for each assembly when its first type is needed, so whatever is done for the first time
/// fails with a file that "cannot be found", and where the runtime itself needs one it ends the process with "Out of memory.". There is nothing to catch.
/// So connections are bounded such that the limit is not reached (<see cref="Http.Connections.ConnectionLimits"/>).
/// </remarks>
internal static class DescriptorLimit
{
    /// <summary>A node at rest has about 250 descriptors; assemblies that are loaded later, files and outgoing connections need up to <see cref="Headroom"/>.</summary>
    public const int Headroom = 128;

    private const int Least = 384;

    /// <summary>Open descriptors; 0 where the system does not tell.</summary>
    public static int InUse => Directory.Exists("/proc/self/fd") ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : 0;

    /// <summary>The limit; a large number where the system does not tell.</summary>
    public static int Most => File.Exists("/proc/self/limits") ? Read(File.ReadAllLines("/proc/self/limits")) : int.MaxValue;

    /// <exception cref="IOException">A node cannot work safely with so few.</exception>
    public static void Check()
    {
        if (Most < Least)
        {
            throw new IOException($"This process may have only {Most} files open at once; a node needs {Least}. Raise the limit: ulimit -n 4096, or LimitNOFILE=4096 in its systemd unit.");
        }
    }

    /// <summary>Soft limit of open files, from the lines of <c>/proc/self/limits</c>.</summary>
    internal static int Read(IEnumerable<string> lines)
    {
        var fields = lines.FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [var soft, ..] && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue;
    }
}
