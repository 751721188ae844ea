using ActorOps.Ops.Brokers;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Emergencies;

public class FlattenStepTests
{
    private static readonly Guid Id = new("00000000-0000-7000-8000-000000000001");
    private readonly VirtualTimeProvider _time = new();
    private readonly FakeBroker _broker = new();
    private ChangeRequest? _change;

    public FlattenStepTests() => _broker.Positions.AddRange([new BrokerPosition("a", "s", "X", 30), new BrokerPosition("a", "t", "X", -20)]);

    [Fact]
    public async Task Nothing_is_closed_before_another_person_agrees()
    {
        Assert.Equal(StepState.Waiting, (await RunAsync()).State);
        _change = Change();
        Assert.Equal(StepState.Waiting, (await RunAsync()).State);
        _change = null;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(StepState.Skipped, (await RunAsync(TimeSpan.FromMinutes(-1))).State);
        Assert.Empty(_broker.Closed);
    }

    [Fact]
    public async Task Each_position_of_the_scope_is_closed_once_and_two_looks_show_it()
    {
        _change = Approved(TimeSpan.Zero);
        var outcome = await RunAsync();
        Assert.Equal((StepState.Done, 2), (outcome.State, _broker.Closed.Count));
        Assert.Equal(2, outcome.Certificate!.PositionsBefore!.Count);
        Assert.Equal("FLAT", outcome.Certificate.Outcome);
        Assert.Empty(outcome.Certificate.PositionsAfter!);
    }

    [Fact]
    public async Task Others_positions_are_left_alone()
    {
        _change = Approved(TimeSpan.Zero);
        await RunAsync(scope: Scope.Strategy("s"));
        Assert.Equal("t", Assert.Single(_broker.Positions).Strategy);
    }

    /// <summary>The node that had begun is gone: its orders may have filled what the broker still shows.</summary>
    [Fact]
    public async Task Who_takes_over_waits_until_orders_and_positions_agree_before_he_sends_any()
    {
        _change = Approved(TimeSpan.FromSeconds(8));
        var running = Step().RunAsync(Procedure(Scope.Firm), CancellationToken.None);
        for (var second = 0; second < 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Empty(_broker.Closed);
        _broker.Positions.Clear();
        Assert.Equal(StepState.Done, (await PassAsync(running)).State);
        Assert.Empty(_broker.Closed);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_leaves_it_unknown()
    {
        _change = Approved(TimeSpan.Zero);
        _broker.IsDown = true;
        var outcome = await RunAsync();
        Assert.Equal((StepState.Unknown, true), (outcome.State, outcome.IsFinal));
        Assert.Null(outcome.Certificate!.PositionsAfter);
        Assert.Equal("UNKNOWN", outcome.Certificate.Outcome);
    }

    [Fact]
    public async Task One_position_that_is_refused_keeps_no_other_from_being_closed_and_is_named_with_the_brokers_words()
    {
        _broker.Positions.Add(new BrokerPosition("a", "s", "Y", 5));
        _broker.Refuses = "X";
        _change = Approved(TimeSpan.Zero);
        var outcome = await RunAsync();
        Assert.Equal((StepState.Failed, "RESIDUAL"), (outcome.State, outcome.Certificate!.Outcome));
        Assert.DoesNotContain(_broker.Positions, position => position.Symbol == "Y");
        Assert.All(outcome.Certificate.PositionsAfter!, line => Assert.Contains("insufficient qty available", line, StringComparison.Ordinal));
        Assert.Equal("RESIDUAL, 2 positions left (+30 X, -20 X)", outcome.Certificate.Summary);
    }

    private FlattenStep Step()
    {
        var registry = new DeskRegistry();
        registry.Replace([OpsHarness.Desk]);
        return new FlattenStep(new EmergencyServices(null!, new BrokerConnections([_broker]), registry, (_, _) => _change, _time));
    }

    private Procedure Procedure(Scope scope, TimeSpan age = default) => new(Id, ProcedureNames.Emergency, scope, "r", "p", "P", _time.GetUtcNow() + age);

    private Task<StepOutcome> RunAsync(TimeSpan age = default, Scope? scope = null) => PassAsync(Step().RunAsync(Procedure(scope ?? Scope.Firm, age), CancellationToken.None));

    private async Task<StepOutcome> PassAsync(Task<StepOutcome> running)
    {
        await Waiting.For(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            return running.IsCompleted;
        });
        return await running;
    }

    private ChangeRequest Change() => new(Guid.NewGuid(), ChangeKinds.Flatten, Id.ToString(), "s", "r", "alice", "Alice", _time.GetUtcNow(), _time.GetUtcNow().AddHours(4), 1);

    private ChangeRequest Approved(TimeSpan ago) => Change() with { Approvals = [new ChangeApproval("bob", "Bob", _time.GetUtcNow() - ago)] };
}
