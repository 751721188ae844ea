using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using ActorOps.Server.Http.Quotas;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Hosting;

/// <summary>
/// A way to trip beside HTTP: <c>kill.sock</c> in the data directory. It needs no port, no token and none of the web server's connections, so it answers when those
/// are used up. Only the owner of the data directory can open it, and it can do nothing but trip. It speaks as much HTTP as one POST needs:
/// <c>curl --unix-socket data/kill.sock http://node/ -d '{"scope":"firm","level":"KILLED"}'</c>.
/// </summary>
internal sealed class KillSocket : IDisposable
{
    public const string FileName = "kill.sock";

    /// <summary>Most bytes of a path that the system takes for a socket.</summary>
    private const int LongestPath = 107;
    private const int Waiting = 32;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _places = new(16);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _path;
    private readonly Socket _socket;
    private readonly DescriptorReserve _reserve;
    private readonly Func<string, string, Task<(int Status, string Json)>> _trip;
    private readonly ILogger _log;
    private readonly TimeProvider _time;

    private KillSocket(string path, Socket socket, DescriptorReserve reserve, Func<string, string, Task<(int Status, string Json)>> trip, TimeProvider time, ILogger log) =>
        (_path, _socket, _reserve, _trip, _time, _log) = (path, socket, reserve, trip, time, log);

    /// <summary>Opens the socket and answers on it; null when that cannot be done, which the log says.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="reserve">Descriptors for when the process has none left.</param>
    /// <param name="trip">Takes the body and who sent it; gives status and body of the answer.</param>
    /// <param name="time">For the limit of one call.</param>
    /// <param name="log">Where it says what fails.</param>
    public static KillSocket? TryStart(string directory, DescriptorReserve reserve, Func<string, string, Task<(int Status, string Json)>> trip, TimeProvider time, ILogger log)
    {
        var path = Path.Combine(directory, FileName);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            {
                throw new IOException($"its path has more than {LongestPath} bytes");
            }

            // The lock on the directory says that no living node has it.
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, PrivateFiles.File);
            socket.Listen(Waiting);
            var opened = new KillSocket(path, socket, reserve, trip, time, log);
            _ = Task.Run(opened.AcceptAsync);
            return opened;
        }
        catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException)
        {
            QuotaLog.NoKillSocket(log, path, error);
            socket.Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
        File.Delete(_path);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
                var caller = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
                _ = ServeAsync(caller);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                _places.Release();
                if (!_stop.IsCancellationRequested && !_reserve.FreeIfNeeded())
                {
                    QuotaLog.KillSocketFailed(_log, error);
                    await Task.Delay(Retry, _time).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        try
        {
            using (caller)
            {
                var (status, json) = await KillSocketRequest.ReadAsync(caller, limit.Token).ConfigureAwait(false) is { } body
                    ? await _trip(body, WhoIs(caller)).ConfigureAwait(false)
                    : (400, """{"code":"bad-request","detail":"expected POST with a Content-Length of at most 64 KiB"}""");
                await KillSocketRequest.AnswerAsync(caller, status, json, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception lost) when (lost is SocketException or OperationCanceledException or IOException)
        {
            QuotaLog.KillSocketFailed(_log, lost);
        }
        finally
        {
            _places.Release();
            _reserve.Fill();
        }
    }

    /// <summary>Process and user at the other end, as the system says.</summary>
    private static string WhoIs(Socket caller)
    {
        const int SocketLevel = 1, PeerCredentials = 17;
        Span<byte> credentials = stackalloc byte[12];
        return OperatingSystem.IsLinux() && caller.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length
            ? $"process {BinaryPrimitives.ReadInt32LittleEndian(credentials)} of user {BinaryPrimitives.ReadInt32LittleEndian(credentials[4..])}"
            : "a process of this machine";
    }
}
