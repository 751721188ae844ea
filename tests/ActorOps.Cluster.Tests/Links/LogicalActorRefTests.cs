using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Cluster.Tests.Links;

public sealed class LogicalActorRefTests : IAsyncLifetime
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedChannel _channel = new();
    private readonly ActorSystem _system;
    private readonly TestProbe _local;
    private readonly LogicalActorRef _ref;
    private ActorRef? _here;
    private PeerLink? _there;
    private PeerLink _link = null!;

    public LogicalActorRefTests()
    {
        _system = new ActorSystem(_time, NullLoggerFactory.Instance);
        _local = new TestProbe(_system);
        _ref = new LogicalActorRef("singleton/x", () => _here, () => _there, NoteJson.Catalog, _system);
    }

    public Task InitializeAsync()
    {
        _link = new PeerLink(new NodeKey("b", 1), _channel, new LinkOptions(), _time, (_, _) => { });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _link.DisposeAsync();
        await _system.StopAsync();
    }

    [Fact]
    public async Task It_follows_what_it_names_from_here_to_there()
    {
        _here = _local.Ref;
        _ref.Tell(new Note(1));
        Assert.Equal(new Note(1), await _local.Expect<Note>());
        (_here, _there) = (null, _link);
        _ref.Tell(new Note(2));
        await Waiting.For(() => _channel.Batches.Count == 1);
        Assert.Equal("singleton/x", _channel.Batches[0].Single().To);
    }

    [Fact]
    public async Task What_is_told_while_nobody_has_it_waits_in_order_and_goes_to_the_next_holder()
    {
        _ref.Tell(new Note(1));
        _ref.Tell(new Note(2));
        _here = _local.Ref;
        _ref.Tell(new Note(3));
        _ref.Flush();
        await _local.ExpectAll(new Note(1), new Note(2), new Note(3));
    }

    [Fact]
    public async Task A_question_that_nobody_takes_is_answered_with_that()
    {
        var asked = _ref.Ask<Answer>(new Question("?"), TimeSpan.FromSeconds(60), _time);
        _time.Advance(TimeSpan.FromSeconds(5));
        _ref.Flush();
        await Assert.ThrowsAsync<UndeliveredException>(() => asked);
    }

    [Fact]
    public async Task A_question_travels_and_its_answer_comes_back()
    {
        _there = _link;
        _channel.OnAsk = frame => NoteJson.Catalog.Write(string.Empty, new Answer($"{((Question)NoteJson.Catalog.Read(frame)).Text}!"), null);
        Assert.Equal(new Answer("hello!"), await _ref.Ask<Answer>(new Question("hello"), TimeSpan.FromSeconds(5), _time));
    }

    [Fact]
    public async Task A_question_that_reached_a_node_which_no_longer_has_it_goes_on_to_the_one_that_does()
    {
        _there = _link;
        _channel.Failure = new LinkException("not-here", "moved");
        var asked = _ref.Ask<Answer>(new Question("?"), TimeSpan.FromSeconds(60), _time);
        _channel.Failure = null;
        _channel.OnAsk = _ => NoteJson.Catalog.Write(string.Empty, new Answer("here"), null);
        await Waiting.For(() =>
        {
            _ref.Flush();
            return asked.IsCompleted;
        });
        Assert.Equal(new Answer("here"), await asked);
    }

    [Fact]
    public async Task Where_it_is_not_known_whether_the_other_node_acted_the_question_runs_into_its_timeout()
    {
        _there = _link;
        _channel.Failure = new LinkException("no-answer", "late");
        var asked = _ref.Ask<Answer>(new Question("?"), TimeSpan.FromSeconds(2), _time);
        await Waiting.For(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return asked.IsCompleted;
        });
        await Assert.ThrowsAsync<AskTimeoutException>(() => asked);
    }

    [Fact]
    public async Task What_is_not_on_the_list_does_not_travel()
    {
        _there = _link;
        await Assert.ThrowsAsync<UndeliveredException>(() => _ref.Ask<Answer>(new Unlisted(), TimeSpan.FromSeconds(5), _time));
        Assert.Empty(_channel.Batches);
    }
}
