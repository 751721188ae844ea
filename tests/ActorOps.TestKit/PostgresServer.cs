using System.Diagnostics;
using System.Globalization;

namespace ActorOps.TestKit;

/// <summary>A PostgreSQL of the test's own: a fresh data directory, a free port on loopback, gone afterwards.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly string _binaries;

    private string? _networkNamespace;

    private PostgresServer(string directory, string binaries, string? networkNamespace = null, string address = "127.0.0.1") =>
        (_directory, _binaries, _networkNamespace, Address) = (directory, binaries, networkNamespace, address);

    public string Address { get; private set; }

    public int Port { get; private set; }

    /// <summary>Process id of the server's parent process, also its process group: stopping the group stops the whole server.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(_directory, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public string DataDirectory => _directory;

    /// <summary>Null when there is no PostgreSQL on this machine.</summary>
    public static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).Select(path => Path.Combine(path, "bin")).FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    public static Task<PostgresServer> StartAsync(params IReadOnlyList<string> settings) => StartAsync(null, "127.0.0.1", settings);

    /// <summary>In a network namespace, reachable from its whole network.</summary>
    public static async Task<PostgresServer> StartAsync(string? networkNamespace, string address, IReadOnlyList<string> settings)
    {
        var binaries = Binaries ?? throw new InvalidOperationException("There is no PostgreSQL under /usr/lib/postgresql: install it (Debian: postgresql).");
        var directory = Directory.CreateTempSubdirectory("actorops-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", directory);
        }

        var server = new PostgresServer(directory, binaries, networkNamespace, address);
        await server.AsOwnerAsync("initdb", "-D", directory, "-U", "actorops", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        if (networkNamespace is not null)
        {
            await File.AppendAllTextAsync(Path.Combine(directory, "pg_hba.conf"), "host all all 0.0.0.0/0 trust\n");
        }

        await server.StartOnFreePortAsync(settings);
        return server;
    }

    /// <summary>Connection string of a database, which is made if need be.</summary>
    public async Task<string> DatabaseAsync(string name)
    {
        await RunAsync([.. Inside, Path.Combine(_binaries, "createdb"), "-h", Address, "-p", $"{Port}", "-U", "actorops", name]);
        return $"Host={Address}:{Port};Username=actorops;Database={name}";
    }

    public Task StartAgainAsync(params IReadOnlyList<string> settings)
    {
        var options = string.Join(' ', ((string[])[$"listen_addresses={Address}", $"port={Port}", "unix_socket_directories=", "max_connections=200", .. settings]).Select(setting => $"-c {setting}"));
        return AsOwnerAsync("pg_ctl", "start", "-w", "-s", "-D", _directory, "-l", Path.Combine(_directory, "server.log"), "-o", options);
    }

    /// <summary>The same server on the loopback of this process's own network, for a last look at it.</summary>
    public Task StartAgainOnLoopbackAsync()
    {
        (_networkNamespace, Address) = (null, "127.0.0.1");
        return StartAgainAsync();
    }

    /// <summary>A hot standby that follows this server.</summary>
    public async Task<PostgresServer> StartStandbyAsync()
    {
        var directory = Directory.CreateTempSubdirectory("actorops-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", directory);
        }

        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var standby = new PostgresServer(directory, _binaries);
        await standby.AsOwnerAsync("pg_basebackup", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "actorops", "-D", directory, "-R", "-X", "stream", "-c", "fast");
        await standby.StartOnFreePortAsync([]);
        return standby;
    }

    /// <summary>Makes a standby the primary.</summary>
    public Task PromoteAsync() => AsOwnerAsync("pg_ctl", "promote", "-w", "-s", "-D", _directory);

    /// <summary>Changes settings of the running server.</summary>
    public async Task ReloadAsync(params IReadOnlyList<string> settings)
    {
        await File.AppendAllLinesAsync(Path.Combine(_directory, "postgresql.auto.conf"), settings.Select(setting => setting.Replace("=", " = '", StringComparison.Ordinal) + "'"));
        await AsOwnerAsync("pg_ctl", "reload", "-s", "-D", _directory);
    }

    /// <summary>Sends a signal to the server and all its children, as <c>STOP</c> and <c>CONT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        var id = ProcessId;
        using var children = Process.Start("pkill", ["-" + signal, "-P", $"{id}"]);
        using var parent = Process.Start("kill", ["-" + signal, $"{id}"]);
        await children.WaitForExitAsync();
        await parent.WaitForExitAsync();
    }

    /// <summary>Stops the server: <c>fast</c>, or <c>immediate</c> as if it had crashed.</summary>
    public Task StopAsync(string mode = "fast") => AsOwnerAsync("pg_ctl", "stop", "-w", "-s", "-D", _directory, "-m", mode);

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_directory, "postmaster.pid")))
        {
            // A test that failed in the middle may have left it standing still.
            await SignalAsync("CONT");
            await StopAsync("immediate");
        }

        Directory.Delete(_directory, true);
    }

    /// <summary>From below the range that outgoing connections take their ports from, so that none of them is in the way when the server is started again.</summary>
    private async Task StartOnFreePortAsync(IReadOnlyList<string> settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = Random.Shared.Next(15_000, 32_000);
            try
            {
                await StartAgainAsync(settings);
                return;
            }
            catch (InvalidOperationException) when (attempt < 20 && IsPortTaken())
            {
            }
        }
    }

    private bool IsPortTaken()
    {
        var log = Path.Combine(_directory, "server.log");
        var isTaken = File.Exists(log) && File.ReadAllText(log).Contains("Address already in use", StringComparison.Ordinal);
        File.Delete(log);
        return isTaken;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private Task AsOwnerAsync(string program, params IReadOnlyList<string> arguments) => Environment.IsPrivilegedProcess
        ? RunAsync([.. Inside, "runuser", "-u", "postgres", "--", Path.Combine(_binaries, program), .. arguments])
        : RunAsync([Path.Combine(_binaries, program), .. arguments]);

    private string[] Inside => _networkNamespace is null ? [] : ["ip", "netns", "exec", _networkNamespace];

    private static async Task RunAsync(params IReadOnlyList<string> words)
    {
        // Output goes to files: a server that was started keeps the pipes of who started it open.
        var output = Path.GetTempFileName();
        var command = string.Join(' ', words.Select(argument => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"cd / && {command} > {output} 2>&1 < /dev/null"]))!;
        await process.WaitForExitAsync();
        var text = await File.ReadAllTextAsync(output);
        File.Delete(output);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {text}");
        }
    }
}
