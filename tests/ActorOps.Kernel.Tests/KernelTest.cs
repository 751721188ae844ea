using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Kernel.Tests;

public abstract class KernelTest : IAsyncLifetime
{
    protected KernelTest()
    {
        System = new ActorSystem(Time, NullLoggerFactory.Instance);
        Probe = new TestProbe(System);
    }

    protected VirtualTimeProvider Time { get; } = new();

    protected ActorSystem System { get; }

    protected TestProbe Probe { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => System.StopAsync();

    /// <summary>An actor that runs what it is told and tells the probe what happens to it.</summary>
    protected ActorRef Spawn(Func<Scripted, object, ValueTask> receive, string? name = null) => System.ActorOf(Props.Create(() => new Scripted(Probe.Ref, receive)), name);

    protected sealed class Scripted(ActorRef probe, Func<Scripted, object, ValueTask> receive) : Actor
    {
        public ActorRef Probe => probe;

        public ActorContext Surroundings => Context;

        public SupervisorStrategy Strategy { get; init; } = SupervisorStrategy.Default;

        public string? Reports { get; init; }

        protected override SupervisorStrategy SupervisorStrategy => Strategy;

        protected override ValueTask Receive(object message) => receive(this, message);

        protected override ValueTask PreStart()
        {
            Report("started");
            return default;
        }

        protected override ValueTask PostStop()
        {
            Report("stopped");
            return default;
        }

        private void Report(string what)
        {
            if (Reports is not null)
            {
                probe.Tell($"{Reports} {what}");
            }
        }
    }
}
