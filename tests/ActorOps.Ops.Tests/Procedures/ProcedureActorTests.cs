using System.Collections.Concurrent;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Procedures;

public sealed class ProcedureActorTests : IAsyncDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private InMemoryJournal _journal;
    private readonly ScriptedKind _kind = new();
    private readonly List<ActorSystem> _systems = [];

    public ProcedureActorTests() => _journal = new InMemoryJournal(_time);

    public async ValueTask DisposeAsync()
    {
        foreach (var system in _systems)
        {
            await StopAsync(system);
        }
    }

    [Fact]
    public async Task Each_effect_has_its_intent_before_it_and_its_outcome_after_it()
    {
        _kind.Steps = [new("a"), new("b")];
        var (ended, _) = await RunAsync(Start(1));
        Assert.Equal("DONE", ended.Outcome);
        Assert.Equal(["procedures.started.v1", "procedures.step-intended.v1", "procedures.step-ended.v1", "procedures.step-intended.v1", "procedures.step-ended.v1", "procedures.ended.v1"], _journal.Records.Select(record => record.Kind));
        Assert.Equal(["a intended=1", "b intended=2"], _kind.Log);
    }

    [Fact]
    public async Task Asked_twice_it_is_begun_once()
    {
        _kind.Steps = [new("a")];
        var (ended, actor) = await RunAsync(Start(1));
        var again = await AskAsync(actor, ended.ProcedureId);
        Assert.Equal("DONE", Assert.IsType<ProcedureReply.Accepted>(again).Procedure.Outcome);
        Assert.Equal(1, _kind.Steps[0].Runs);
    }

    [Fact]
    public async Task A_step_that_fails_is_tried_again_and_does_not_keep_the_next_ones_from_being_done()
    {
        _kind.Steps = [new("a") { Outcomes = new([StepOutcome.Failed("x"), StepOutcome.Done("y")]) }, new("b") { Outcomes = new(Enumerable.Repeat(StepOutcome.Failed("never"), 9)) }, new("c")];
        var (ended, _) = await RunAsync(Start(1));
        Assert.Equal([("a", StepState.Done, 2), ("b", StepState.Failed, 3), ("c", StepState.Done, 1)], ended.Steps.Select(step => (step.Name, step.State, step.Attempts)));
    }

    [Fact]
    public async Task A_step_that_throws_has_failed_and_says_why()
    {
        _kind.Steps = [new("a") { Throws = new InvalidOperationException("boom") }];
        var (ended, _) = await RunAsync(Start(1));
        Assert.Equal((StepState.Failed, "boom"), (ended.Steps[0].State, ended.Steps[0].Detail));
    }

    [Fact]
    public async Task A_step_that_is_not_ready_is_asked_again_without_a_word_in_the_journal()
    {
        _kind.Steps = [new("a") { Outcomes = new([new(StepState.Waiting, "a person"), new(StepState.Waiting, "a person")]) }];
        await RunAsync(Start(1));
        Assert.Equal(3, _kind.Steps[0].Runs);
        Assert.Equal(4, _journal.Records.Count);
    }

    /// <summary>A crash after each event in turn: who takes over finishes it, and no effect happens twice.</summary>
    [Fact]
    public async Task Whoever_takes_over_goes_on_at_any_point_and_no_effect_happens_twice()
    {
        for (var crash = 1; crash <= 5; crash++)
        {
            _kind.Steps = [new("a"), new("b")];
            var procedure = Plan(crash);
            _journal = new InMemoryJournal(_time);
            var written = 0;
            var first = Actor(1, () => ++written > crash);
            _ = AskAsync(first.Actor, procedure.ProcedureId);
            await Waiting.For(() => _journal.Records.Count >= crash);
            await StopAsync(first.System);
            _journal.Epoch = 2;
            var second = Actor(2, static () => false);
            await Passing(() => second.Projection.State.Procedures.GetValueOrDefault(procedure.ProcedureId)?.EndedAt is not null, second.Actor, procedure.ProcedureId);
            Assert.All(_kind.Steps, step => Assert.Equal(1, step.Effects));
        }
    }

    /// <summary>A store that takes an append and does not say so, or does not take it, again and again: each time the actor recovers in the middle of several procedures.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Recoveries_in_the_middle_of_several_procedures_end_no_step_twice(int seed)
    {
        _kind.Steps = [new("a"), new("b"), new("c")];
        var random = new Random(seed);
        var isCalm = false;
        var system = new ActorSystem(_time, NullLoggerFactory.Instance, new ActorSystemOptions { GuardianStrategy = OpsSystem.GuardianStrategy });
        _systems.Add(system);
        var projection = new Projection<ProcedureState, ProcedureEvent>("procedures", ProcedureState.Empty, new(ProcedureJson.Default.ProcedureEvent), ProcedureState.Apply);
        var store = new EventSourcedOptions { Journal = new DoubtfulJournal(_journal, () => !isCalm && random.Next(4) == 0, () => random.Next(2) == 0), Token = new FencingToken("procedures", 1) };
        var actor = system.ActorOf(Props.Create(() => new ProcedureActor(store, projection, new ProcedureKinds([_kind]), NullLogger.Instance)), "procedures");
        for (var number = 1; number <= 12; number++)
        {
            actor.Tell(new ProcedureCommand.Start(Plan(number)));
        }

        for (var moment = 0; moment < 200; moment++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        isCalm = true;
        for (var number = 1; number <= 12; number++)
        {
            actor.Tell(new ProcedureCommand.Start(Plan(number)));
        }

        await Passing(() => projection.State.Procedures.Count == 12 && projection.State.Procedures.Values.All(procedure => procedure.EndedAt is not null), null, default);
        var ended = _journal.Records.Where(record => record.Kind == "procedures.step-ended.v1").Select(record => record.Payload[..record.Payload.IndexOf("\"at\"", StringComparison.Ordinal)]).ToList();
        Assert.Equal(36, ended.Count);
        Assert.Equal(36, ended.Distinct().Count());
        Assert.Equal(12, _journal.Records.Count(record => record.Kind == "procedures.ended.v1"));
    }

    [Fact]
    public async Task An_unknown_kind_is_refused()
    {
        var (_, actor, _) = Actor(1, static () => false);
        Assert.Equal("cannot-start", Assert.IsType<ProcedureReply.Rejected>(await actor.Ask<ProcedureReply>(new ProcedureCommand.Start(Plan(1) with { Kind = "party" }), TimeSpan.FromSeconds(5), TimeProvider.System)).Code);
        Assert.Empty(_journal.Records);
    }

    /// <summary>An append that hangs is given up by the clock.</summary>
    private async Task StopAsync(ActorSystem system)
    {
        var stopping = system.StopAsync();
        await Waiting.For(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });
    }

    private static Procedure Plan(int number) => new(new Guid(number, 0, 0, new byte[8]), "scripted", Scope.Firm, "r", "p", "P", DateTimeOffset.UnixEpoch);

    private Procedure Start(int number) => Plan(number);

    private static Task<ProcedureReply> AskAsync(ActorRef actor, Guid id) => actor.Ask<ProcedureReply>(new ProcedureCommand.Start(Plan(BitConverter.ToInt32(id.ToByteArray()))), TimeSpan.FromSeconds(5), TimeProvider.System);

    private async Task<(Procedure Ended, ActorRef Actor)> RunAsync(Procedure procedure)
    {
        var (_, actor, projection) = Actor(1, static () => false);
        Assert.IsType<ProcedureReply.Accepted>(await AskAsync(actor, procedure.ProcedureId));
        await Passing(() => projection.State.Procedures[procedure.ProcedureId].EndedAt is not null, null, default);
        return (projection.State.Procedures[procedure.ProcedureId], actor);
    }

    private async Task Passing(Func<bool> isOver, ActorRef? start, Guid id)
    {
        if (start is not null)
        {
            _ = AskAsync(start, id);
        }

        await Waiting.For(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            return isOver();
        });
    }

    private (ActorSystem System, ActorRef Actor, Projection<ProcedureState, ProcedureEvent> Projection) Actor(long epoch, Func<bool> isCut)
    {
        var system = new ActorSystem(_time, NullLoggerFactory.Instance);
        _systems.Add(system);
        var projection = new Projection<ProcedureState, ProcedureEvent>("procedures", ProcedureState.Empty, new(ProcedureJson.Default.ProcedureEvent), ProcedureState.Apply);
        var store = new EventSourcedOptions { Journal = new CutJournal(_journal, isCut), Token = new FencingToken("procedures", epoch) };
        _kind.Intents = () => _journal.Records.Count(record => record.Kind == "procedures.step-intended.v1");
        var actor = system.ActorOf(Props.Create(() => new ProcedureActor(store, projection, new ProcedureKinds([_kind]), NullLogger.Instance)), "procedures");
        return (system, actor, projection);
    }

    private sealed class ScriptedKind : IProcedureKind
    {
        public string Name => "scripted";

        public List<ScriptedStep> Steps { get; set; } = [];

        public List<string> Log { get; } = [];

        public Func<int> Intents { get; set; } = static () => 0;

        public string? ProblemOf(Procedure procedure) => null;

        public IReadOnlyList<IProcedureStep> StepsOf(Procedure procedure)
        {
            Steps.ForEach(step => step.Kind = this);
            return Steps;
        }

        public string OutcomeOf(Procedure procedure) => "DONE";
    }

    private sealed class ScriptedStep(string name) : IProcedureStep
    {
        private int _effects;

        public string Name => name;

        public ScriptedKind? Kind { get; set; }

        public ConcurrentQueue<StepOutcome> Outcomes { get; init; } = [];

        public Exception? Throws { get; init; }

        public int Runs { get; private set; }

        public int Effects => _effects;

        public string Describe(Procedure procedure) => name;

        public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult(_effects > 0 && Outcomes.IsEmpty ? StepOutcome.Done("it is there") : null);

        public Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
        {
            Runs++;
            Kind!.Log.Add($"{name} intended={Kind.Intents()}");
            if (Throws is not null)
            {
                throw Throws;
            }

            if (Outcomes.TryDequeue(out var scripted))
            {
                return Task.FromResult(scripted);
            }

            Interlocked.Increment(ref _effects);
            return Task.FromResult(StepOutcome.Done("done"));
        }
    }

    /// <summary>A store that now and then does not say whether it has done it.</summary>
    private sealed class DoubtfulJournal(IJournal inner, Func<bool> isInDoubt, Func<bool> isDone) : IJournal
    {
        public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default)
        {
            if (!isInDoubt())
            {
                return await inner.AppendAsync(request, cancellation);
            }

            if (isDone())
            {
                await inner.AppendAsync(request, cancellation);
            }

            throw new JournalUnavailableException("no answer");
        }

        public IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, CancellationToken cancellation = default) => inner.ReadStreamAsync(stream, fromSequenceNumber, cancellation);

        public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default) => inner.ReadFeedAsync(afterCursor, limit, cancellation);

        public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => inner.ReadFeedEndAsync(cancellation);

        public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => inner.VerifyChainAsync(stream, cancellation);
    }

    /// <summary>A writer whose appends hang from a moment on, as those of a process that is gone.</summary>
    private sealed class CutJournal(IJournal inner, Func<bool> isCut) : IJournal
    {
        public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default) =>
            isCut() ? new ValueTask<AppendResult>(new TaskCompletionSource<AppendResult>().Task) : inner.AppendAsync(request, cancellation);

        public IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, CancellationToken cancellation = default) => inner.ReadStreamAsync(stream, fromSequenceNumber, cancellation);

        public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default) => inner.ReadFeedAsync(afterCursor, limit, cancellation);

        public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => inner.ReadFeedEndAsync(cancellation);

        public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => inner.VerifyChainAsync(stream, cancellation);
    }
}
