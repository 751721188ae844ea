using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests.Links;

public sealed class PeerLinkTests : IAsyncLifetime
{
    private readonly ScriptedChannel _channel = new();
    private readonly List<(string Kind, string Why)> _refused = [];
    private PeerLink _link = null!;

    public Task InitializeAsync()
    {
        _link = Open(new LinkOptions());
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _link.DisposeAsync().AsTask();

    [Fact]
    public async Task Messages_arrive_in_order_and_those_that_wait_go_together()
    {
        _channel.Hold = new TaskCompletionSource();
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(Tell(new Note(i)));
        }

        _channel.Hold.SetResult();
        await Waiting.For(() => _link.Waiting == 0 && Sent().Count == 1000);
        Assert.Equal(Enumerable.Range(0, 1000), Sent().Select(frame => frame.Body.GetProperty("Number").GetInt32()));
        Assert.True(_channel.Batches.Count < 10, $"{_channel.Batches.Count} batches");
    }

    [Fact]
    public async Task Where_only_the_latest_counts_it_takes_the_place_of_the_one_that_waits()
    {
        _channel.Hold = new TaskCompletionSource();
        Tell(new Note(0));
        await Waiting.For(() => _channel.Held == 1);
        for (var i = 0; i < 100; i++)
        {
            Tell(new Latest("a", i));
            Tell(new Latest("b", -i));
        }

        Assert.Equal(2, _link.Waiting);
        _channel.Hold.SetResult();
        await Waiting.For(() => Sent().Count == 3);
        Assert.Equal([99, -99], Sent().Skip(1).Select(frame => frame.Body.GetProperty("Value").GetInt32()));
    }

    [Fact]
    public async Task A_full_lane_says_so_and_calls_go_past_it()
    {
        await _link.DisposeAsync();
        _channel.Hold = new TaskCompletionSource();
        _link = Open(new LinkOptions { LaneCapacity = 10 });
        Tell(new Note(0));
        await Waiting.For(() => _channel.Held == 1);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(Tell(new Note(i)));
        }

        Assert.False(Tell(new Note(11)));
        var held = _channel.Hold;
        _channel.Hold = null;
        await _link.CallAsync("trips", "[]"u8.ToArray(), TimeSpan.FromSeconds(2), CancellationToken.None);
        Assert.Equal(10, _link.Waiting);
        held.SetResult();
    }

    [Fact]
    public async Task What_the_other_side_refuses_or_never_gets_comes_back_with_the_reason()
    {
        _channel.OnTell = frames => [new LinkRefusal(frames.Length - 1, "not-here", "moved")];
        Tell(new Note(1));
        await Waiting.For(() => _refused.Count == 1);
        Assert.Equal(("note.v1", "moved"), _refused[0]);
        _channel.Failure = new LinkException("unreachable", "cut");
        Tell(new Note(2));
        await Waiting.For(() => _refused.Count == 2);
        Assert.Equal(("cut", 2L), (_link.LastFailure, _link.Refused));
        _channel.Failure = null;
        _channel.OnTell = _ => [];
        Tell(new Note(3));
        await Waiting.For(() => _link.LastFailure is null);
        Assert.NotNull(_link.Silence);
    }

    [Fact]
    public async Task A_question_does_not_wait_for_what_is_queued()
    {
        var held = _channel.Hold = new TaskCompletionSource();
        Tell(new Note(1));
        await Waiting.For(() => _channel.Held == 1);
        _channel.Hold = null;
        _channel.OnAsk = frame => NoteJson.Catalog.Write(string.Empty, new Answer("yes"), null);
        var answer = await _link.AskAsync(NoteJson.Catalog.Write("x", new Question("?"), null));
        Assert.Equal(new Answer("yes"), NoteJson.Catalog.Read(answer));
        held.SetResult();
    }

    private PeerLink Open(LinkOptions options) => new(new NodeKey("b", 1), _channel, options, TimeProvider.System, (frame, why) =>
    {
        lock (_refused)
        {
            _refused.Add((frame.Kind, why));
        }
    });

    private bool Tell(object message) => _link.TryTell(NoteJson.Catalog.Write("x", message, null), NoteJson.Catalog.Find(message)!, message);

    private List<LinkFrame> Sent()
    {
        lock (_channel.Batches)
        {
            return [.. _channel.Batches.SelectMany(batch => batch)];
        }
    }
}
