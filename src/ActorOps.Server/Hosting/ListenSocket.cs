using System.Net;
using System.Net.Sockets;

namespace ActorOps.Server.Hosting;

/// <summary>A port that is ours before the web server runs: the others are told of it when the node joins. Who connects meanwhile waits.</summary>
internal sealed class ListenSocket : IDisposable
{
    private readonly Socket _socket;
    private bool _isGiven;

    private ListenSocket(Socket socket) => (_socket, Port) = (socket, ((IPEndPoint)socket.LocalEndPoint!).Port);

    public int Port { get; }

    /// <summary>Gives the socket to the web server, which owns it from then on: this object, once collected, must not close it under the server.</summary>
    public ulong Give()
    {
        var handle = (ulong)_socket.SafeHandle.DangerousGetHandle();
        _socket.SafeHandle.SetHandleAsInvalid();
        _isGiven = true;
        return handle;
    }

    /// <summary>Takes a port; 0: a free one.</summary>
    /// <exception cref="IOException">It is taken, or may not be used.</exception>
    public static ListenSocket Open(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(512);
            return new ListenSocket(socket);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new IOException($"Cannot listen on {new IPEndPoint(address, port)}: {error.Message}. Choose another port, or 0 for a free one.", error);
        }
    }

    public void Dispose()
    {
        if (!_isGiven)
        {
            _socket.Dispose();
        }
    }
}
