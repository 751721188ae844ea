using System.Collections.Concurrent;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Tests.Gates;

public sealed class ControlQueueTests : IControlHandler, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(Guid Id, string Outcome)> _answers = new();
    private readonly ConcurrentQueue<string> _begun = new();
    private readonly ConcurrentQueue<string> _trouble = new();
    private readonly TaskCompletionSource _slow = new();
    private readonly ControlQueue _queue;
    private readonly Task _running;
    private bool _isDeaf;
    private bool _isForeign;
    private bool _isDead;

    public ControlQueueTests()
    {
        _queue = new ControlQueue(new GateMemoryFile(null), this, () => 5, _ => !_isForeign, AcknowledgeAsync, _trouble.Enqueue);
        _running = _queue.RunAsync(_stop.Token);
    }

    [Fact]
    public async Task What_takes_risk_off_does_not_wait_for_a_slow_handler_and_the_rest_keeps_its_order()
    {
        _queue.Add("s", Control("slow"));
        await Waiting.For(() => _begun.Contains("slow"));
        _queue.Add("s", Control("switch-feed"));
        _queue.Add("s", Control("cancel-all"));
        await Waiting.For(() => _answers.Count == 1);
        Assert.Equal(["slow", "cancel-all"], _begun);
        _slow.SetResult();
        await Waiting.For(() => _answers.Count == 3);
        Assert.Equal(["slow", "cancel-all", "switch-feed"], _begun);
        Assert.All(_answers, answer => Assert.Equal("applied", answer.Outcome));
    }

    [Fact]
    public async Task One_that_is_sent_again_while_it_runs_is_left_alone_and_afterwards_it_is_a_repeat()
    {
        var control = Control("slow");
        _queue.Add("s", control);
        await Waiting.For(() => _begun.Contains("slow"));
        _queue.Add("s", control);
        _slow.SetResult();
        await Waiting.For(() => _answers.Count == 1);
        _queue.Add("s", control);
        await Waiting.For(() => _answers.Count == 2);
        Assert.Equal(["applied", "repeated"], _answers.Select(answer => answer.Outcome));
        Assert.Single(_begun);
    }

    [Theory]
    [InlineData("switch-feed", 4, 0, "refused")]
    [InlineData("switch-feed", 5, 10, "expired")]
    [InlineData("cancel-all", 4, 10, "applied")]
    [InlineData("broken", 5, 0, "failed")]
    public async Task Old_ones_are_refused_unless_they_take_risk_off_and_a_handler_that_throws_has_failed(string kind, long epoch, int secondsAgo, string outcome)
    {
        _queue.Add("s", Control(kind) with { Epoch = epoch, Echo = BootClock.Now() - (secondsAgo * 1_000_000_000L) });
        await Waiting.For(() => _answers.Count == 1);
        Assert.Equal(outcome, _answers.Single().Outcome);
    }

    [Theory]
    [InlineData(true, 3000, "switch-feed", "refused")]
    [InlineData(true, 3000, "cancel-all", "applied")]
    [InlineData(false, 3_600_000, "switch-feed", "refused")]
    [InlineData(false, -1, "switch-feed", "refused")]
    [InlineData(false, 3000, "switch-feed", "applied")]
    public async Task An_order_that_answers_no_own_echo_or_lives_too_long_is_refused_unless_it_takes_risk_off(bool isForeign, int validForMs, string kind, string outcome)
    {
        _isForeign = isForeign;
        _queue.Add("s", Control(kind) with { ValidForMs = validForMs, Echo = BootClock.Now() + (isForeign ? 600_000_000_000 : 0) });
        await Waiting.For(() => _answers.Count == 1);
        Assert.Equal(outcome, _answers.Single().Outcome);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_sent_is_told_about_and_stops_nothing()
    {
        _isDeaf = true;
        _queue.Add("s", Control("cancel-all"));
        await Waiting.For(() => !_trouble.IsEmpty);
        _isDeaf = false;
        _queue.Add("s", Control("cancel-all"));
        await Waiting.For(() => _answers.Count == 1);
    }

    [Fact]
    public async Task An_answer_that_is_never_taken_holds_up_no_order()
    {
        _isDead = true;
        _queue.Add("dead", Control("cancel-all"));
        _queue.Add("dead", Control("cancel-all"));
        await Waiting.For(() => _begun.Count == 2);
    }

    public async ValueTask<string> ApplyAsync(ControlMessage control, CancellationToken cancellation)
    {
        _begun.Enqueue(control.Kind);
        if (control.Kind == "slow")
        {
            await _slow.Task.WaitAsync(cancellation);
        }

        return control.Kind == "broken" ? throw new NotSupportedException("no such thing here") : "done";
    }

    public ValueTask OnIsolatedAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private Task AcknowledgeAsync(ControlMessage control, string session, AckBody body, CancellationToken cancellation)
    {
        if (_isDeaf)
        {
            throw new HttpRequestException("nobody there");
        }

        if (_isDead)
        {
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }

        _answers.Enqueue((control.Id, body.Outcome));
        return Task.CompletedTask;
    }

    private static ControlMessage Control(string kind) => new(Guid.NewGuid(), BootClock.Now(), kind, "firm", new Dictionary<string, string>(), 3000, 5);
}
