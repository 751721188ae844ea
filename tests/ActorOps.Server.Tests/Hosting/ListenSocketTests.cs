using System.Net;
using System.Net.Sockets;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Hosting;

public class ListenSocketTests
{
    [Fact]
    public void A_second_listener_is_refused_and_told_which_process_has_the_port_and_what_to_set()
    {
        using var first = ListenSocket.Open(IPAddress.Loopback, 0, "actorops.http.port");
        var error = Assert.Throws<IOException>(() => ListenSocket.Open(IPAddress.Loopback, first.Port, "actorops.http.port"));
        Assert.Contains($"127.0.0.1:{first.Port} is taken by process {Environment.ProcessId} (", error.Message, StringComparison.Ordinal);
        Assert.Contains("another port with actorops.http.port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_even_a_socket_that_wants_to_share_gets_the_port()
    {
        using var first = ListenSocket.Open(IPAddress.Loopback, 0, "actorops.http.port");
        using var sharing = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sharing.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        var refused = Assert.Throws<SocketException>(() =>
        {
            sharing.Bind(new IPEndPoint(IPAddress.Loopback, first.Port));
            sharing.Listen(1);
        });
        Assert.Equal(SocketError.AddressAlreadyInUse, refused.SocketErrorCode);
    }

    [Fact]
    public void All_addresses_and_one_address_are_the_same_port()
    {
        using var first = ListenSocket.Open(IPAddress.Any, 0, "actorops.http.port");
        Assert.Throws<IOException>(() => ListenSocket.Open(IPAddress.Loopback, first.Port, "actorops.http.port"));
    }

    [Fact]
    public void A_port_is_free_again_at_once_when_its_connections_wait_for_their_end()
    {
        int port;
        using (var first = ListenSocket.Open(IPAddress.Loopback, 0, "actorops.http.port"))
        {
            port = first.Port;
            using var server = new Socket(new SafeSocketHandle((nint)first.Give(), ownsHandle: true));
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);

            // The side that closes first keeps the port in TIME_WAIT: here the server, as when a node ends.
            server.Accept().Close();
            Assert.Equal(0, client.Client.Receive(new byte[1]));
        }

        using var again = ListenSocket.Open(IPAddress.Loopback, port, "actorops.http.port");
        Assert.Equal(port, again.Port);
    }
}
