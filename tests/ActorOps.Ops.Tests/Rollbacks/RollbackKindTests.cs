using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Rollbacks;

public sealed class RollbackKindTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private OpsHarness _harness = null!;

    private OpsSystem Ops => _harness.Ops;

    public async Task InitializeAsync()
    {
        _harness = new OpsHarness(outside: OpsOutside.Under(_directory.Path));
        await _harness.RegisterAsync();
        await _harness.LiveAsync(8);
        Put("versions/2/model_info.json", """{"model":"m","version":"2","validated":true}""");
        Put("versions/3/model_info.json", """{"model":"m","version":"3","validated":true}""");
        Put("versions/9/model_info.json", """{"model":"m","version":"9","validated":false}""");
        Put("active/model_info.json", """{"model":"m","version":"3","validated":true}""");
        Put("last_good_model.json", """{"model":"m","version":"2","validated":true}""");

        // The node's own loop writes this while a trip stands.
        await File.WriteAllTextAsync(_directory.File("KILL_SWITCH"), "{}");
    }

    public async Task DisposeAsync()
    {
        await _harness.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Seven_steps_stop_the_scope_and_take_model_learning_and_size_back()
    {
        var ended = await RunAsync(New("strategy/s"));
        Assert.Equal("DONE", ended.Outcome);
        Assert.Equal(["block", "kill-switch-file", "model", "freeze-learning", "position-size", "notify", "ticket"], ended.Steps.Select(step => step.Name));
        Assert.All(ended.Steps, step => Assert.Equal((StepState.Done, 1), (step.State, step.Attempts)));
        Assert.Equal(TradingState.Killed, Ops.Board.Current.Of(Scope.Strategy("s")).Level);
        Assert.Equal(0.1, Assert.Single(Ops.Board.Current.Trips, trip => trip.SizeFactor is not null).SizeFactor);
        Assert.Contains("\"version\":\"2\"", Read("models/active/model_info.json"), StringComparison.Ordinal);
        Assert.Equal("{\"accept_threshold\": 0.99}\n", Read("config/online_learning_freeze.json"));
        Assert.Equal("{\"max_position_pct\": 0.005, \"size_factor\": 0.1}\n", Read("config/position_override.json"));
        var orders = await _harness.Journal.ReadPendingAsync("desk/d", 10);
        Assert.Equal(["freeze-learning", "rollback-model"], orders.Select(order => order.Payload).Select(text => text.Contains("freeze-learning", StringComparison.Ordinal) ? "freeze-learning" : "rollback-model").Order());
        Assert.Equal(2, (await _harness.Journal.ReadPendingAsync("notices", 10)).Count);
    }

    [Fact]
    public async Task A_dry_run_says_it_all_and_changes_nothing()
    {
        var events = _harness.Journal.Records.Count;
        var (planned, problem) = Ops.Procedures.Plan(New("strategy/s"));
        Assert.Null(problem);
        Assert.Contains("m: 3 -> 2", planned.Step("model").Effect, StringComparison.Ordinal);
        Assert.Contains("position_override.json: {\"max_position_pct\": 0.005, \"size_factor\": 0.1}", planned.Step("position-size").Effect, StringComparison.Ordinal);
        Assert.Equal(TradingState.Active, Ops.Board.Current.Of(Scope.Strategy("s")).Level);
        Assert.False(Directory.Exists(_directory.File("config")));
        Assert.Equal(events, _harness.Journal.Records.Count);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("strategy/s", "9", "not validated")]
    [InlineData("strategy/s", "7", "there is no")]
    [InlineData("strategy/t", "2", "has a model")]
    public void A_target_version_must_exist_be_validated_and_loadable(string scope, string version, string why)
    {
        var (_, problem) = Ops.Procedures.Plan(New(scope) with { Arguments = new Dictionary<string, string> { [ProcedureNames.TargetVersion] = version } });
        Assert.Contains(why, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_cannot_be_done_is_named_and_the_others_are_done()
    {
        File.Delete(_directory.File("models/last_good_model.json"));
        var ended = await RunAsync(New("strategy/s"));
        Assert.Equal("PARTIAL", ended.Outcome);
        Assert.Equal((StepState.Failed, 3), (ended.Step("model").State, ended.Step("model").Attempts));
        Assert.Contains("no last good version", ended.Step("model").Detail, StringComparison.Ordinal);
        Assert.Equal(StepState.Done, ended.Step("ticket").State);
    }

    [Fact]
    public async Task A_critical_loss_begins_one_by_itself_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await _harness.BeatAsync(s: -600);
        }

        await Passing(() => Ops.Procedures.All is [{ EndedAt: not null }]);
        var ended = Assert.Single(Ops.Procedures.All);
        Assert.Equal((ProcedureNames.Rollback, "strategy/s", "DONE"), (ended.Kind, ended.Scope.ToString(), ended.Outcome));
        Assert.Equal("rule:hourly-pnl", Assert.Single(Ops.Board.Current.Trips, trip => trip.Level == TradingState.Killed).Source);
    }

    [Fact]
    public void Without_any_model_that_step_is_skipped()
    {
        var (planned, _) = Ops.Procedures.Plan(New("strategy/t"));
        Assert.Contains("nothing: no strategy of strategy/t has a model", planned.Step("model").Effect, StringComparison.Ordinal);
    }

    private static Procedure New(string text)
    {
        Assert.True(Scope.TryParse(text, out var scope));
        return new Procedure(Guid.NewGuid(), ProcedureNames.Rollback, scope, "odd", "alice", "Alice", DateTimeOffset.UnixEpoch);
    }

    private async Task<Procedure> RunAsync(Procedure procedure)
    {
        var (begun, _, why) = await Ops.Procedures.StartAsync(procedure, mayRunAlone: false);
        Assert.Null(why);
        await Passing(() => Ops.Procedures.Find(begun!.ProcedureId)?.EndedAt is not null);
        return Ops.Procedures.Find(begun!.ProcedureId)!;
    }

    private Task Passing(Func<bool> isOver) => Waiting.For(() =>
    {
        _harness.Time.Advance(TimeSpan.FromMilliseconds(50));
        return isOver();
    });

    private void Put(string path, string text)
    {
        var full = _directory.File("models/" + path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private string Read(string path) => File.ReadAllText(_directory.File(path));
}
