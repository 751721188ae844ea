using System.Text.Json;
using ActorOps.Cluster.Links;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Cluster.Tests.Links;

public sealed class LinkReceiverTests : IAsyncLifetime
{
    private readonly ActorSystem _system = new(TimeProvider.System, NullLoggerFactory.Instance);
    private readonly TestProbe _probe;
    private readonly LinkReceiver _receiver;

    public LinkReceiverTests()
    {
        _probe = new TestProbe(_system);
        var echo = _system.ActorOf(Props.Create(() => new Echo()));
        _receiver = new LinkReceiver(NoteJson.Catalog, name => name switch { "probe" => _probe.Ref, "echo" => echo, _ => null }, new LinkOptions { AskWithin = TimeSpan.FromMilliseconds(300) }, TimeProvider.System);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.StopAsync();

    [Fact]
    public async Task A_batch_is_delivered_in_order_and_what_cannot_be_is_named()
    {
        var refused = _receiver.Tell(
        [
            Frame("probe", new Note(1)),
            new LinkFrame("future.v9", "probe", null, JsonSerializer.SerializeToElement("x")),
            Frame("nobody", new Note(2)),
            new LinkFrame("note.v1", "probe", null, JsonSerializer.SerializeToElement("no object")),
            Frame("probe", new Note(3)),
        ]);
        Assert.Equal([(1, "unknown-kind"), (2, "not-here"), (3, "unreadable")], refused.Select(refusal => (refusal.Index, refusal.Code)));
        await _probe.ExpectAll(new Note(1), new Note(3));
    }

    [Fact]
    public async Task A_question_is_answered_by_its_actor_and_silence_is_no_answer()
    {
        var answer = await _receiver.AskAsync(Frame("echo", new Question("hi")), CancellationToken.None);
        Assert.Equal(new Answer("hi"), NoteJson.Catalog.Read(answer));
        var silent = await Assert.ThrowsAsync<LinkException>(() => _receiver.AskAsync(Frame("probe", new Question("hi")), CancellationToken.None));
        Assert.Equal(("no-answer", false), (silent.Code, silent.IsUndone));
    }

    private static LinkFrame Frame(string to, object message) => NoteJson.Catalog.Write(to, message, "trace");

    private sealed class Echo : Actor
    {
        protected override ValueTask Receive(object message)
        {
            Sender.Tell(new Answer(((Question)message).Text));
            return default;
        }
    }
}
