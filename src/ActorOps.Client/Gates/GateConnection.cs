using System.Text.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Gates;

/// <summary>
/// Keeps a <see cref="TradingGate"/> in touch: hello, event stream, an echo a second, control events applied at most once and acknowledged.
/// Reconnects for ever, whatever goes wrong; what happens meanwhile is the gate's own business.
/// </summary>
public sealed class GateConnection : IAsyncDisposable
{
    private static readonly TimeSpan EchoWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(24);
    private static readonly TimeSpan IsolationAgain = TimeSpan.FromSeconds(1);
    private readonly ActorOpsClient _client;
    private readonly GateConnectionOptions _options;
    private readonly IControlHandler _handler;
    private readonly GateMemoryFile _memory;
    private readonly ControlQueue _controls;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private TimeSpan _patience = ShortestPatience;
    private long _permittedAt;

    /// <summary>A connection that has not begun.</summary>
    public GateConnection(ActorOpsClient client, GateConnectionOptions options, IControlHandler handler, TimeProvider? time = null)
    {
        (_client, _options, _handler, _time) = (client, options, handler, time ?? TimeProvider.System);
        _memory = new GateMemoryFile(options.MemoryFile, Say);
        Gate = new TradingGate(_memory.Current.Trips, options.KnowsPosition, _memory.Current.HaltOnIsolation);
        _controls = new ControlQueue(_memory, handler, () => Gate.Epoch, echo => Gate.HasSent(echo), (control, session, outcome, cancellation) => client.AcknowledgeAsync(control.Id, session, outcome, cancellation), Say);
        Gate.Changed += () => _memory.Save(Gate.Trips, Gate.HaltOnIsolation);
    }

    /// <summary>The gate.</summary>
    public TradingGate Gate { get; }

    /// <summary>What goes wrong, in words; for the desk's log.</summary>
    public event Action<string>? Trouble;

    /// <summary>Raised when a session stands.</summary>
    public event Action<DeskTargets>? Connected;

    /// <summary>Connects and stays connected until disposed.</summary>
    public void Start() => _running = Task.WhenAll(StayConnectedAsync(_stop.Token), _controls.RunAsync(_stop.Token), WatchIsolationAsync(_stop.Token));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _running.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // That is what was asked for.
        }

        _stop.Dispose();
    }

    private async Task StayConnectedAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(cancellation).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // what somebody hangs on an event may throw anything, and a desk that has stopped to connect would stay stopped
            catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Say(error.Message);
                if (error is ActorOpsException { Problem.Status: >= 500 } or IOException)
                {
                    _client.MoveOn();
                }
            }

            await Task.Delay(_options.Reconnect, _time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellation)
    {
        var hello = await _client.HelloAsync(
            new HelloBody(_options.Desk, ActorOpsClient.LibraryVersion) { Targets = _options.Targets, KnownTrips = [.. Gate.Trips.Select(trip => trip.TripId)] }, cancellation).ConfigureAwait(false);
        foreach (var warning in hello.Warnings ?? [])
        {
            Say($"{warning.Code}: {warning.Detail}");
        }

        Gate.BeginSession();
        Gate.SetTargets(hello.Targets);
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _permittedAt = _time.GetTimestamp();
        var echoes = EchoAsync(hello.SessionId, TimeSpan.FromMilliseconds(Math.Clamp(hello.RenewMs, 100, 3000)), session);
        Connected?.Invoke(hello.Targets);
        try
        {
            await foreach (var (name, data) in _client.StreamAsync($"api/v1/gate?desk={Uri.EscapeDataString(_options.Desk)}&session={hello.SessionId}", session.Token).ConfigureAwait(false))
            {
                Handle(hello.SessionId, name, data);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The echoes failed: the session is of no use any more.
        }
        finally
        {
            await session.CancelAsync().ConfigureAwait(false);
            await echoes.ConfigureAwait(false);
        }
    }

    private async Task EchoAsync(string session, TimeSpan interval, CancellationTokenSource lifetime)
    {
        try
        {
            while (!lifetime.IsCancellationRequested)
            {
                // A paused node answers nothing, and its permits run out meanwhile.
                using var limit = new CancellationTokenSource(EchoWithin, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.Token);
                await _client.EchoAsync(session, Gate.NextEcho(), either.Token).ConfigureAwait(false);
                if (_time.GetElapsedTime(Interlocked.Read(ref _permittedAt)) > _patience)
                {
                    // It answers and gives no permits: perhaps another one may. Should none, they are asked ever more slowly in turn.
                    _patience = _patience * 2 < LongestPatience ? _patience * 2 : LongestPatience;
                    _client.MoveOn();
                    Say("this node gives no permits; trying another");
                    await lifetime.CancelAsync().ConfigureAwait(false);
                    return;
                }

                await Task.Delay(interval, _time, lifetime.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is HttpRequestException or ActorOpsException or OperationCanceledException)
        {
            if (!lifetime.IsCancellationRequested)
            {
                Say($"echo: {error.Message}");
                await lifetime.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private void Handle(string session, string name, string data)
    {
        switch (name)
        {
            case "permit" or "state":
                var message = JsonSerializer.Deserialize(data, WireJson.Default.PermitMessage)!;
                if (Gate.Apply(message) && message.ValidForMs > 0)
                {
                    Interlocked.Exchange(ref _permittedAt, _time.GetTimestamp());
                    _patience = ShortestPatience;
                }

                break;
            case "control":
                var control = JsonSerializer.Deserialize(data, WireJson.Default.ControlMessage)!;
                if (control.Kind is "halt" or "reduce-only" && !_memory.HasBegun(control.Id))
                {
                    // At once, whatever the handler is at.
                    Gate.Close(control.Scope, control.Kind == "halt" ? TradingLevel.CancelOnly : TradingLevel.ReduceOnly);
                }

                _controls.Add(session, control);
                break;
        }
    }

    /// <summary>Asks the desk to cancel once for each isolation, and again until that has worked.</summary>
    private async Task WatchIsolationAsync(CancellationToken cancellation)
    {
        var told = false;
        while (!cancellation.IsCancellationRequested)
        {
            var deadline = Gate.Deadline;
            var isolated = deadline > 0 && BootClock.Now() > deadline + (long)_options.IsolationGrace.TotalNanoseconds;
            var pause = TimeSpan.FromMilliseconds(200);
            if (isolated && !told)
            {
                Say("isolated: cancelling own open orders that add risk");
                try
                {
                    await _handler.OnIsolatedAsync(cancellation).ConfigureAwait(false);
                    told = true;
                }
#pragma warning disable CA1031 // orders that could not be cancelled now must be tried again, whatever the reason
                catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    Say($"isolated, and the cancel failed; it is tried again: {error.Message}");
                    pause = IsolationAgain;
                }
            }

            told &= isolated;
            await Task.Delay(pause, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A listener may throw; that must not end the connection.</summary>
    private void Say(string text)
    {
        try
        {
            Trouble?.Invoke(text);
        }
#pragma warning disable CA1031 // a listener's own trouble
        catch (Exception)
#pragma warning restore CA1031
        {
            // There is nobody left to tell.
        }
    }
}
