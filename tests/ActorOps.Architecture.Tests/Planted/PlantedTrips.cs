using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Peers;

namespace ActorOps.Architecture.Tests.Planted;

/// <summary>Ways to close the gates that break the promise, each in its own manner. The guard must find every one of them.</summary>
internal sealed class PlantedTrips(IPeers peers, ActorRef recorder, IJournal journal, PlantedTrips.IRecorder indirect)
{
    internal interface IRecorder
    {
        void Record(string trip);
    }

    public void TellsASingleton() => peers.Singleton("x").Tell("trip");

    public void TellsThroughAHelper() => Help();

    public void TellsThroughALambda()
    {
        Action tell = () => recorder.Tell("trip");
        tell();
    }

    public void TellsThroughAnInterface() => indirect.Record("trip");

    public void AsksAnActor() => _ = recorder.Ask<string>("trip", TimeSpan.FromSeconds(1), TimeProvider.System);

    public ValueTask<AppendResult> WritesTheJournal() => journal.AppendAsync(null!);

    public async Task Awaits() => await Task.Delay(1);

    public void WaitsWithoutALimit(Task latch) => latch.Wait();

    public bool ReadsAResult(Task<bool> latch) => latch.Result;

    public void WaitsForASemaphore(SemaphoreSlim latch) => latch.Wait();

    public void WaitsInAHelper(Task latch) => Wait(latch);

    /// <summary>This one keeps the promise.</summary>
    public void WaitsForTheLatchWithALimit(Task latch) => latch.Wait(TimeSpan.FromMilliseconds(10));

    private static void Wait(Task latch) => latch.Wait(TimeSpan.FromMilliseconds(10));

    private void Help() => recorder.Tell("trip");

    internal sealed class Recorder(ActorRef recorder) : IRecorder
    {
        public void Record(string trip) => recorder.Tell(trip);
    }
}
