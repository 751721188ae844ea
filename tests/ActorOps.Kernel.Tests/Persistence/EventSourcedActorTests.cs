using System.Text.Json.Serialization;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Kernel.Tests.Persistence;

public partial class EventSourcedActorTests : KernelTest
{
    [Fact]
    public async Task A_new_instance_recovers_what_was_acknowledged()
    {
        var journal = new InMemoryJournal(Time);
        var first = Counter(journal);
        Assert.Equal(5, await Add(first, 5));
        Assert.Equal(7, await Add(first, 2));
        Assert.Equal(8, await Add(Counter(journal), 1));
    }

    [Fact]
    public async Task A_failed_append_restarts_the_actor_which_recovers_and_goes_on()
    {
        var journal = new InMemoryJournal(Time);
        var counter = Counter(journal);
        await Add(counter, 1);
        journal.AppendFailure = new JournalUnavailableException("disk full");
        counter.Tell(10);
        await Waiting.For(() => System.Tree().Children.Any(node => node.Restarts == 1));
        journal.AppendFailure = null;
        Assert.Equal(3, await Add(counter, 2));
    }

    [Fact]
    public async Task A_fenced_writer_changes_nothing()
    {
        var journal = new InMemoryJournal(Time);
        var counter = Counter(journal);
        await Add(counter, 1);
        journal.Epoch = 2;
        counter.Tell(10);
        await Waiting.For(() => System.Tree().Children.Any(node => node.Restarts == 1));
        Assert.Single(journal.Records);
    }

    [Fact]
    public async Task An_unknown_event_stops_the_entity_loudly()
    {
        var journal = new InMemoryJournal(Time);
        await journal.AppendAsync(new AppendRequest("counter", 0, null, Guid.CreateVersion7(), [new JournalEntry("counter.multiplied.v9", "{}")]));
        var counter = Counter(journal);
        Probe.Watch(counter);
        await Probe.Expect<Terminated>();
    }

    [Fact]
    public async Task A_journal_that_never_answers_is_a_failure_after_the_timeout()
    {
        var journal = new InMemoryJournal(Time);
        var counter = Counter(new SilentJournal(journal));
        counter.Tell(1);
        await Waiting.For(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(5));
            return System.Tree().Children.Any(node => node.Restarts > 0);
        });
    }

    private Task<int> Add(ActorRef counter, int n) => counter.Ask<int>(n, TimeSpan.FromHours(1), Time);

    private ActorRef Counter(IJournal journal) => System.ActorOf(Props.Create(() => new CounterActor(
        new EventSourcedOptions { Journal = journal, Token = new FencingToken("counter", 1) })));

    private sealed class CounterActor(EventSourcedOptions options)
        : EventSourcedActor<CounterState, CounterEvent>(options, new JsonEventCodec<CounterEvent>(CounterJson.Default.CounterEvent))
    {
        protected override string StreamId => "counter";

        protected override CounterState InitialState => new(0);

        protected override CounterState Apply(CounterState state, CounterEvent e) => e switch
        {
            CounterEvent.Added added => new CounterState(state.Total + added.Amount),
            _ => throw new InvalidOperationException(),
        };

        protected override async ValueTask ReceiveCommand(object message)
        {
            await PersistAsync(Guid.CreateVersion7(), [new CounterEvent.Added((int)message)]);
            Sender.Tell(State.Total);
        }
    }

    internal sealed record CounterState(int Total);

    [JsonDerivedType(typeof(Added), "counter.added.v1")]
    internal abstract record CounterEvent
    {
        public sealed record Added(int Amount) : CounterEvent;
    }

    [JsonSerializable(typeof(CounterEvent))]
    internal sealed partial class CounterJson : JsonSerializerContext;

    private sealed class SilentJournal(IJournal inner) : IJournal
    {
        public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default) => new(new TaskCompletionSource<AppendResult>().Task);

        public IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, CancellationToken cancellation = default) => inner.ReadStreamAsync(stream, fromSequenceNumber, cancellation);

        public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default) => inner.ReadFeedAsync(afterCursor, limit, cancellation);

        public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => inner.ReadFeedEndAsync(cancellation);

        public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => inner.VerifyChainAsync(stream, cancellation);
    }
}
