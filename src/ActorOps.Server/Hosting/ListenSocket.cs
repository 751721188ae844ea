using System.Net;
using System.Net.Sockets;

namespace ActorOps.Server.Hosting;

/// <summary>
/// A port that is this process's alone, taken before the web server runs: the other nodes are told of it when the node joins. Callers that connect meanwhile wait.
/// </summary>
/// <remarks>
/// Linux deals connections out between all sockets that have SO_REUSEPORT and listen on one port, and .NET's <c>ReuseAddress</c> sets just that. So it is not
/// used. SO_REUSEADDR, which .NET sets when it binds, only lets a node start again while connections of its last life are in TIME_WAIT; a second
/// listener is refused all the same.
/// </remarks>
internal sealed class ListenSocket : IDisposable
{
    private readonly Socket _socket;
    private bool _isGiven;

    private ListenSocket(Socket socket) => (_socket, Port) = (socket, ((IPEndPoint)socket.LocalEndPoint!).Port);

    public int Port { get; }

    /// <summary>Gives the socket to the web server, which owns it from then on: this object must not close it when it is collected.</summary>
    public ulong Give()
    {
        var handle = (ulong)_socket.SafeHandle.DangerousGetHandle();
        _socket.SafeHandle.SetHandleAsInvalid();
        _isGiven = true;
        return handle;
    }

    /// <summary>Takes a port; 0: a free one. <paramref name="setting"/> is the key that names it.</summary>
    /// <exception cref="IOException">The port is taken, or may not be used.</exception>
    public static ListenSocket Open(IPAddress address, int port, string setting)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(512);
            return new ListenSocket(socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new IOException(Explain(new IPEndPoint(address, port), error, setting), error);
        }
    }

    private static string Explain(IPEndPoint address, SocketException error, string setting) => error.SocketErrorCode == SocketError.AddressAlreadyInUse
        ? $"{address} is taken by {PortHolder.Describe(address.Port)}. Stop that process, or give this node another port with {setting} (0 picks a free one)."
        : $"Cannot listen on {address}: {error.Message}. Choose another port with {setting} (0 picks a free one).";

    public void Dispose()
    {
        if (!_isGiven)
        {
            _socket.Dispose();
        }
    }
}
