using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorOps.PaperDesk.Faults;

namespace ActorOps.PaperDesk.Running;

/// <summary>
/// A loopback door for trying things: <c>POST /faults?spec=feed-stall+5s</c> adds a fault that begins now
/// (<c>NAME[:TARGET][+DURATION]</c>), <c>GET /state</c> shows books and open orders. The broker's own interface is here too.
/// </summary>
internal sealed class ControlEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly DeskState _state;
    private readonly BrokerDoor _broker;
    private readonly CancellationTokenSource _stop = new();
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
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                await AnswerAsync(client).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or IOException)
            {
                // A caller that breaks off costs nothing; the end is the loop's condition.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        var stream = client.GetStream();
        var (status, body) = await ControlRequest.ReadAsync(stream, limit.Token).ConfigureAwait(false) is { } request ? Handle(request) : ("400 Bad Request", "what?\n");
        var type = body.StartsWith('{') || body.StartsWith('[') ? "application/json" : "text/plain; charset=utf-8";
        var answer = $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), limit.Token).ConfigureAwait(false);
    }

    private (string Status, string Body) Handle(ControlRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/state") => ("200 OK", State()),
        ("POST", "/faults") => AddFault(request.Query.GetValueOrDefault("spec", string.Empty)),
        ("POST", "/resume") => Resume(),
        _ when request.Path.StartsWith("/v2/", StringComparison.Ordinal) => _broker.Handle(request),
        _ => ("404 Not Found", "POST /faults?spec=NAME[:TARGET][+DURATION], POST /resume, GET /state, or the broker's /v2/orders and /v2/positions\n"),
    };

    /// <summary>After a shutdown a person at the desk lets it trade again; trips and permits stand as they are.</summary>
    private (string Status, string Body) Resume()
    {
        _state.Resume();
        _state.Log.Write("resumed", "somebody let the desk trade again");
        return ("200 OK", "ok\n");
    }

    private (string Status, string Body) AddFault(string spec)
    {
        var plus = spec.IndexOf('+', StringComparison.Ordinal);
        var name = plus < 0 ? spec : spec[..plus];
        if (!Fault.TryParse($"{name}@0s{(plus < 0 ? string.Empty : spec[plus..])}", out var fault))
        {
            return ("400 Bad Request", $"'{spec}' is no fault; known: {string.Join(", ", Fault.Names)}\n");
        }

        var now = fault! with { Start = _state.Clock.Elapsed };
        _state.Faults.Add(now);
        _state.Log.Write("fault", $"fault {now.Name} {now.Target} for {now.Duration}", ("name", now.Name), ("target", now.Target), ("seconds", (int)now.Duration.TotalSeconds));
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
