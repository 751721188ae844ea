using System.Threading.Channels;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;

namespace ActorOps.TestKit;

/// <summary>An actor that keeps what it is told, and a test's hands on it. Waits end at a real-time limit, so a broken test fails and does not hang.</summary>
public sealed class TestProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly Channel<(object Message, ActorRef Sender)> _received = Channel.CreateUnbounded<(object, ActorRef)>();

    public TestProbe(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new ProbeActor(this)));

    public ActorRef Ref { get; }

    public ActorRef LastSender { get; private set; } = ActorRef.NoSender;

    /// <summary>The next message, which must be a <typeparamref name="T"/>.</summary>
    public async Task<T> Expect<T>()
    {
        using var limit = new CancellationTokenSource(Limit);
        var (message, sender) = await _received.Reader.ReadAsync(limit.Token).ConfigureAwait(false);
        LastSender = sender;
        return Assert.IsType<T>(message, exactMatch: false);
    }

    public async Task Expect(object expected) => Assert.Equal(expected, await Expect<object>().ConfigureAwait(false));

    /// <summary>The next messages, in this order.</summary>
    public async Task ExpectAll(params IReadOnlyList<object> expected)
    {
        foreach (var message in expected)
        {
            await Expect(message).ConfigureAwait(false);
        }
    }

    /// <summary>The next message must be the end of this actor.</summary>
    public async Task ExpectTerminated(ActorRef actor) => Assert.Same(actor, (await Expect<Terminated>().ConfigureAwait(false)).Actor);

    /// <summary>Skips messages until one fits.</summary>
    public async Task<T> Fish<T>(Func<T, bool>? fits = null)
    {
        while (true)
        {
            if (await Expect<object>().ConfigureAwait(false) is T message && fits?.Invoke(message) != false)
            {
                return message;
            }
        }
    }

    /// <summary>Passes a marker through the probe's mailbox: nothing else may have arrived before it.</summary>
    public async Task ExpectNothing()
    {
        var marker = new object();
        Ref.Tell(marker);
        Assert.Same(marker, await Expect<object>().ConfigureAwait(false));
    }

    /// <summary>Everything received and not taken yet, at once: for simulations, where nothing arrives while the test looks.</summary>
    public IReadOnlyList<object> Take()
    {
        var messages = new List<object>();
        while (_received.Reader.TryRead(out var received))
        {
            LastSender = received.Sender;
            messages.Add(received.Message);
        }

        return messages;
    }

    public void Watch(ActorRef target) => Ref.Tell(new WatchRequest(target));

    public void Unwatch(ActorRef target) => Ref.Tell(new UnwatchRequest(target));

    private sealed record WatchRequest(ActorRef Target);

    private sealed record UnwatchRequest(ActorRef Target);

    private sealed class ProbeActor(TestProbe probe) : Actor
    {
        protected override ValueTask Receive(object message)
        {
            switch (message)
            {
                case WatchRequest watch:
                    Context.Watch(watch.Target);
                    break;
                case UnwatchRequest unwatch:
                    Context.Unwatch(unwatch.Target);
                    break;
                default:
                    probe._received.Writer.TryWrite((message, Sender));
                    break;
            }

            return default;
        }
    }
}
