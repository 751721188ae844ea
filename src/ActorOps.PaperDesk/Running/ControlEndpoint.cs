using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorOps.PaperDesk.Faults;

namespace ActorOps.PaperDesk.Running;

/// <summary>
/// A loopback door for trying things: <c>POST /faults?spec=feed-stall+5s</c> adds a fault
/// (<c>NAME[:TARGET][@T][+DURATION]</c>, without <c>@T</c> it begins now), <c>GET /state</c> shows books and open orders. The broker's own interface is here too.
/// A web page is refused (<see cref="DoorGuard"/>).
/// </summary>
internal sealed class ControlEndpoint : IAsyncDisposable
{
    private const int MostCallers = 32;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private readonly TcpListener _listener;
    private readonly DeskState _state;
    private readonly BrokerDoor _broker;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostCallers);
    private readonly Task _running;

    private ControlEndpoint(int port, DeskState state)
    {
        _state = state;
        _broker = new BrokerDoor(state);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _running = AcceptAsync();
    }

    public string Url { get; }

    public static ControlEndpoint Start(int port, DeskState state) => new(port, state);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _running.ConfigureAwait(false);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // The end is the loop's condition; a connection that broke off at once costs its room, which is given back here.
                _room.Release();
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(AnswerWithin);
        try
        {
            var stream = client.GetStream();
            var (request, refusal) = await ControlReader.ReadAsync(stream, limit.Token).ConfigureAwait(false);
            var (status, body) = request is null ? refusal : DoorGuard.Refuse(request) ?? Handle(request);
            var type = body.StartsWith('{') || body.StartsWith('[') ? "application/json" : "text/plain; charset=utf-8";
            var answer = $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{body}";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException)
        {
            // A caller that breaks off, or is too slow, costs nothing but its room for this time.
        }
        finally
        {
            client.Dispose();
            _room.Release();
        }
    }

    private (string Status, string Body) Handle(ControlRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/state") => ("200 OK", State()),
        ("POST", "/faults") => AddFault(request.Query.GetValueOrDefault("spec", string.Empty)),
        ("POST", "/resume") => Resume(),
        _ when request.Path.StartsWith("/v2/", StringComparison.Ordinal) => _broker.Handle(request),
        _ => ("404 Not Found", "POST /faults?spec=NAME[:TARGET][@T][+DURATION], POST /resume, GET /state, or the broker's /v2/orders and /v2/positions\n"),
    };

    /// <summary>After a shutdown a person at the desk lets it trade again; trips and permits stand as they are.</summary>
    private (string Status, string Body) Resume()
    {
        _state.Resume();
        _state.Log.Write("resumed", "the desk may trade again: resumed at its control endpoint");
        return ("200 OK", "ok\n");
    }

    private (string Status, string Body) AddFault(string spec)
    {
        var (fault, problem) = Fault.Parse(spec, [.. _state.Strategies.Select(strategy => strategy.Id)]);
        if (fault is null)
        {
            return ("400 Bad Request", $"{problem}\n{FaultKind.List()}\n");
        }

        var elapsed = _state.Clock.Elapsed;
        var placed = fault with { Start = elapsed + fault.Start };
        if (!_state.Faults.TryAdd(placed, elapsed))
        {
            return ("429 Too Many Requests", "100 faults are active or still to come; wait until some are over\n");
        }

        _state.Log.Write(
            "fault",
            $"fault {placed.Name} {placed.Target} in {fault.Start.TotalSeconds:0.###} s for {placed.Duration.TotalSeconds:0.###} s",
            ("name", placed.Name), ("target", placed.Target), ("seconds", (int)placed.Duration.TotalSeconds));
        return ("200 OK", "ok\n");
    }

    private string State()
    {
        lock (_state.Sending)
        {
            var text = new StringBuilder();
            foreach (var strategy in _state.Strategies)
            {
                text.Append($"{strategy.Id} position {strategy.Book.Quantity} realized {strategy.Book.Realized}\n");
            }

            foreach (var order in _state.Broker.Working)
            {
                text.Append($"order {order.Id} {order.State} {order.SignedQuantity}\n");
            }

            return text.Append($"feed {_state.ActiveFeed}\n").ToString();
        }
    }
}
