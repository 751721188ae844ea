using System.Net;
using System.Net.Sockets;

namespace ActorOps.TestKit;

/// <summary>
/// A link that can be bad in every way a test wants: slow, dripping, mute in one direction or both, or gone. One proxy a link, so that links can be bad
/// each in its own way, which also reorders what is sent over several of them.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private static readonly TimeSpan HoldStep = TimeSpan.FromMilliseconds(20);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _open = [];
    private readonly SemaphoreSlim _requestWire = new(1);
    private readonly SemaphoreSlim _replyWire = new(1);
    private readonly Task _accepting;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long each piece waits before it is passed on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Bytes a second in each direction, which all connections share in turns, as on one wire; 0: as fast as it goes.</summary>
    public int BytesPerSecond { get; set; }

    /// <summary>What the client sends is read and thrown away.</summary>
    public bool SwallowRequests { get; set; }

    /// <summary>What the server answers is read and thrown away.</summary>
    public bool SwallowReplies { get; set; }

    /// <summary>What the client sends waits here, and goes on when this ends: messages of long ago then arrive all at once, as after a cut that TCP has outlived.</summary>
    public bool HoldRequests { get; set; }

    /// <summary>The same for what the server answers.</summary>
    public bool HoldReplies { get; set; }

    /// <summary>Connections are accepted, and nothing moves on them: a half-open link.</summary>
    public bool IsHalfOpen
    {
        set => SwallowRequests = SwallowReplies = value;
    }

    /// <summary>No connection is accepted.</summary>
    public bool IsDown { get; set; }

    /// <summary>Ends every connection.</summary>
    public void Cut()
    {
        lock (_open)
        {
            foreach (var client in _open)
            {
                client.Close();
            }

            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (IsDown)
                {
                    client.Close();
                    continue;
                }

                var server = new TcpClient { NoDelay = true };
                client.NoDelay = true;
                lock (_open)
                {
                    _open.AddRange([client, server]);
                }

                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                _ = PumpAsync(client, server, _requestWire, () => SwallowRequests, () => HoldRequests);
                _ = PumpAsync(server, client, _replyWire, () => SwallowReplies, () => HoldReplies);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The test is over, or there is nobody behind this proxy now.
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, SemaphoreSlim wire, Func<bool> swallow, Func<bool> hold)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var read = await from.GetStream().ReadAsync(BytesPerSecond > 0 ? buffer.AsMemory(0, Math.Max(1, BytesPerSecond / 20)) : buffer, _stop.Token);
                if (read == 0)
                {
                    break;
                }

                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, _stop.Token);
                }

                if (BytesPerSecond > 0)
                {
                    await CrossAsync(wire, read);
                }

                while (hold())
                {
                    await Task.Delay(HoldStep, _stop.Token);
                }

                if (!swallow())
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two sides has gone.
        }

        from.Close();
        to.Close();
    }

    private async Task CrossAsync(SemaphoreSlim wire, int bytes)
    {
        await wire.WaitAsync(_stop.Token);
        try
        {
            // It may have become fast again while this waited for its turn.
            if (BytesPerSecond is > 0 and var rate)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)bytes / rate), _stop.Token);
            }
        }
        finally
        {
            wire.Release();
        }
    }
}
