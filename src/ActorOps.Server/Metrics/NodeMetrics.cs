using System.Diagnostics.Metrics;
using ActorOps.Cluster.Leases;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Ops.Rules;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Metrics;

/// <summary>What a node counts. Names are Prometheus names without the unit's suffix where the unit says it.</summary>
internal sealed class NodeMetrics : IDisposable
{
    private readonly Meter _meter = new("ActorOps");

    public NodeMetrics()
    {
        SignalsAccepted = _meter.CreateCounter<long>("actorops_signals_accepted", null, "Signal lines accepted.");
        SignalsRejected = _meter.CreateCounter<long>("actorops_signals_rejected", null, "Signal lines refused.");
        SignalsMissing = _meter.CreateCounter<long>("actorops_signals_missing", null, "Signal lines that never came, by gaps in session numbers.");
        Requests = _meter.CreateHistogram<double>("actorops_http_request_duration_seconds", "s", "Time to answer a request.");
        Writer = new PrometheusWriter(_meter);
    }

    public Counter<long> SignalsAccepted { get; }

    public Counter<long> SignalsRejected { get; }

    public Counter<long> SignalsMissing { get; }

    public Histogram<double> Requests { get; }

    public PrometheusWriter Writer { get; }

    public void Observe(NodeServices services)
    {
        var ops = services.Ops;
        _meter.CreateObservableGauge("actorops_standing_trips", () => ops.Board.Current.Trips.Count(), null, "Trips that stand, size caps and recoveries included.");
        _meter.CreateObservableGauge("actorops_effective_level", () => ops.Board.Current.Levels.Select(level => new Measurement<int>((int)level.Value.Level, KeyValuePair.Create<string, object?>("scope", level.Key.ToString()))), null, "Level of scopes that are not ACTIVE: 1 REDUCE_ONLY, 2 CANCEL_ONLY, 3 KILLED.");
        _meter.CreateObservableGauge("actorops_supervisors", () => Verdicts(services), null, "Supervisors by verdict.");
        _meter.CreateObservableGauge("actorops_gate_sessions", () => ops.Gates.Sessions.Count, null, "Connected desks.");
        _meter.CreateObservableGauge("actorops_ready", () => ops.WhenReady.IsCompletedSuccessfully ? 1 : 0, null, "1 once latch and journal are merged.");
        ObserveCluster(services);
        _meter.CreateObservableCounter("actorops_dead_letters", () => services.System.DeadLetters.Count, null, "Messages that reached no actor.");
        _meter.CreateObservableGauge("actorops_actors", () => ByType(services, sum => sum.Actors), null, "Live actors by class.");
        _meter.CreateObservableGauge("actorops_actor_mailbox_depth", () => ByType(services, sum => sum.MailboxDepth), null, "Waiting messages by class of actor.");
        _meter.CreateObservableGauge("actorops_actor_mailbox_depth_max", () => ByType(services, sum => sum.DeepestMailbox), null, "Waiting messages of the fullest mailbox, by class of actor.");
        _meter.CreateObservableGauge("actorops_actor_mailbox_wait_seconds", () => ByType(services, sum => sum.LongestWait.TotalSeconds), "s", "Longest of the last sampled waits in a mailbox, by class of actor.");
        _meter.CreateObservableGauge("actorops_actor_messages", () => ByType(services, sum => sum.Processed), null, "Messages handled by the actors that live, by class of actor.");
        _meter.CreateObservableGauge("actorops_actor_restarts", () => ByType(services, sum => sum.Restarts), null, "Restarts of the actors that live, by class of actor.");
        _meter.CreateObservableGauge("process_resident_memory_bytes", () => Environment.WorkingSet, "By", "Resident memory.");
        _meter.CreateObservableCounter("dotnet_gc_collections", () => Enumerable.Range(0, 3).Select(generation => new Measurement<int>(GC.CollectionCount(generation), KeyValuePair.Create<string, object?>("generation", generation))), null, "Garbage collections.");
    }

    private void ObserveCluster(NodeServices services)
    {
        var cluster = services.Cluster;
        _meter.CreateObservableGauge("actorops_trust_seconds", () => cluster.TrustLeft.TotalSeconds, "s", "What is left of the time in which this node may believe that it is a member; 0: it gives no permits.");
        _meter.CreateObservableGauge("actorops_members", () => cluster.Node.View.Members.GroupBy(member => member.State).Select(group => Labelled(group.Count(), "state", group.Key.ToString().ToLowerInvariant())), null, "Nodes by state, as this one last saw them in the store.");
        _meter.CreateObservableGauge("actorops_unheld_grants", () => cluster.Node.View.Grants.Count(grant => grant.Phase == GrantPhase.Free), null, "Singletons and shards that no node holds.");
        _meter.CreateObservableGauge("actorops_shards_here", () => cluster.Node.View.Grants.Count(grant => grant.Holder == cluster.Node.Lease.Key && grant.Name.StartsWith("shard/", StringComparison.Ordinal)), null, "Shards that this node supervises.");
        _meter.CreateObservableGauge("actorops_link_silence_seconds", () => cluster.Links.Links.Select(link => Labelled(link.Silence?.TotalSeconds ?? double.PositiveInfinity, "node", link.Peer.Node)), "s", "Time since another node last answered.");
        _meter.CreateObservableGauge("actorops_link_waiting", () => cluster.Links.Links.Select(link => Labelled(link.Waiting, "node", link.Peer.Node)), null, "Messages that wait for another node.");
    }

    private static Measurement<T> Labelled<T>(T value, string name, string label)
        where T : struct => new(value, KeyValuePair.Create<string, object?>(name, label));

    public void Dispose()
    {
        Writer.Dispose();
        _meter.Dispose();
    }

    private static IEnumerable<Measurement<T>> ByType<T>(NodeServices services, Func<ActorTypeSummary, T> value)
        where T : struct => services.System.Summaries().Select(sum => new Measurement<T>(value(sum), KeyValuePair.Create<string, object?>("type", sum.Type)));

    private static IEnumerable<Measurement<int>> Verdicts(NodeServices services)
    {
        var summaries = services.Ops.Supervisors.All.ToList();
        return Enum.GetValues<Verdict>().Select(verdict => new Measurement<int>(summaries.Count(summary => summary.Verdict == verdict), KeyValuePair.Create<string, object?>("verdict", verdict.ToString().ToLowerInvariant())));
    }
}
