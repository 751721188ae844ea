using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Tests.Gates;

/// <summary>A desk with nobody to talk to.</summary>
public sealed class GateConnectionTests : IControlHandler, IAsyncDisposable
{
    private readonly ActorOpsClient _client = new(new Uri("http://127.0.0.1:1"), "token");
    private readonly GateConnection _connection;
    private int _cancels;
    private int _failures;

    public GateConnectionTests() => _connection = new GateConnection(_client, new GateConnectionOptions { Desk = "d", Reconnect = TimeSpan.FromMilliseconds(10), KnowsPosition = false, IsolationGrace = TimeSpan.Zero }, this);

    [Fact]
    public async Task The_own_cancel_is_made_again_until_it_works_and_then_no_more()
    {
        _failures = 2;
        Assert.True(_connection.Gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, _connection.Gate.NextEcho(), 1, 1)));
        var attempts = 0;
        _connection.Trouble += _ => Interlocked.Increment(ref attempts);
        _connection.Start();
        await Waiting.For(() => Volatile.Read(ref _cancels) == 3);

        // A look each 200 ms would have made more of them by then: each attempt to connect takes 10 ms and more.
        var then = Volatile.Read(ref attempts);
        await Waiting.For(() => Volatile.Read(ref attempts) > then + 100);
        Assert.Equal(3, Volatile.Read(ref _cancels));
    }

    [Fact]
    public async Task Whoever_listens_to_trouble_may_throw_and_the_desk_goes_on_trying()
    {
        var told = 0;
        _connection.Trouble += _ =>
        {
            Interlocked.Increment(ref told);
            throw new InvalidOperationException("a listener's own trouble");
        };
        _connection.Start();
        await Waiting.For(() => Volatile.Read(ref told) >= 3);
    }

    [Fact]
    public void A_desk_that_does_not_know_its_position_lets_nothing_leave_without_a_permit()
    {
        _connection.Gate.SetTargets(new DeskTargets("eu", "USD", 1000) { Accounts = [new AccountTarget("a", "b", 1000)], Strategies = [new StrategyTarget("s", "a", "f", 1000)] });
        Assert.Equal(GateDecision.DeniedNoPermit, _connection.Gate.Check(new OrderIntent(_connection.Gate.Route("s", "X"), -1, 5, 0, 100)));
    }

    public ValueTask<string> ApplyAsync(ControlMessage control, CancellationToken cancellation) => ValueTask.FromResult("ok");

    public ValueTask OnIsolatedAsync(CancellationToken cancellation) =>
        Interlocked.Increment(ref _cancels) <= Volatile.Read(ref _failures) ? throw new InvalidOperationException("the broker does not answer") : ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _client.Dispose();
    }
}
