using System.Collections.Immutable;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// What the kill switch's halves share: the instant one on every node (board, latch), and what the store knows. Trips are in a stream of their own that
/// anybody may write to without a fence; decisions are in the singleton's stream. What both say together is merged into latch and board.
/// </summary>
public sealed class KillSwitchServices
{
    internal const string TripStream = "trips";
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _merging = new();

    /// <summary>The services of one node.</summary>
    public KillSwitchServices(KillSwitchBoard board, TripLatch latch, KillSwitchOptions options, string node, ILogger log)
    {
        (Board, Latch, Options, Node, Log) = (board, latch, options, node, log);
        var codec = new JsonEventCodec<KillSwitchEvent>(KillSwitchJson.Default.KillSwitchEvent);
        Trips = new(TripStream, new KillSwitchState(), codec, KillSwitchState.Apply) { Changed = (_, _) => Merge() };
        Decisions = new("kill-switch", new KillSwitchState(), codec, KillSwitchState.Apply) { Changed = (_, _) => Merge() };
    }

    /// <summary>What stands.</summary>
    public KillSwitchBoard Board { get; }

    /// <summary>The file.</summary>
    public TripLatch Latch { get; }

    /// <summary>Settings.</summary>
    public KillSwitchOptions Options { get; }

    /// <summary>This node.</summary>
    public string Node { get; }

    /// <summary>Completes when latch and journal are merged: before that no permit is given.</summary>
    public Task WhenReady => _ready.Task;

    /// <summary>Called, off any lock, with what was behind trips that a reset has just cleared here.</summary>
    internal Action<IReadOnlyList<TripCause>>? Cleared { get; set; }

    /// <summary>Whether a reset is void because its person was revoked.</summary>
    internal Func<ResetRequest, bool> IsVoid { get; set; } = static _ => false;

    internal ILogger Log { get; }

    /// <summary>Trips that were stored, by whomever.</summary>
    internal Projection<KillSwitchState, KillSwitchEvent> Trips { get; }

    /// <summary>Resets, and what they left behind.</summary>
    internal Projection<KillSwitchState, KillSwitchEvent> Decisions { get; }

    /// <summary>What the store knows.</summary>
    internal KillSwitchState Known => KillSwitchState.Merge(Decisions.State, Trips.State);

    /// <summary>Requests as last stored.</summary>
    internal IEnumerable<ResetRequest> Resets => Decisions.State.Resets.Values;

    /// <summary>
    /// Takes a trip from a peer: it is in force when this returns. The task is true when it is in this node's latch, or is known to be cleared; a stuck disk keeps
    /// no gate open.
    /// </summary>
    public Task<bool> AcceptAsync(Trip trip)
    {
        if (Board.Current.Cleared.Contains(trip.TripId))
        {
            return Task.FromResult(true);
        }

        var latched = Latch.AppendAsync(trip);
        if (Board.Add(trip))
        {
            KillSwitchLog.Heard(Log, trip.TripId, TripText.Word(trip), trip.Scope.ToString(), trip.Node);
        }

        return latched;
    }

    /// <summary>Applies the time to the overrides: one that is over no longer counts, whether or not its end has been recorded.</summary>
    internal void RefreshOverrides(DateTimeOffset now) =>
        Board.Override([.. Decisions.State.Changes.Values.Where(change => change.Kind == Changes.ChangeKinds.Override && change.EndsAt > now).Select(change => (change.Subject, change.Argument ?? string.Empty))]);

    /// <summary>Whether two persons have agreed to limits that were proposed: to these, and since then.</summary>
    internal bool AreLimitsApproved(Rules.LimitsEvent.LimitsProposed proposed) =>
        Decisions.State.Changes.Values.Any(change => change is { Kind: Changes.ChangeKinds.Limits, IsApproved: true } && change.Subject == proposed.Hash && change.RequestedAt >= proposed.At);

    /// <summary>Whether two persons have agreed to what a desk asks for: to this, and since it asked.</summary>
    internal bool IsDeskApproved(Desks.DeskProposal proposal) =>
        Decisions.State.Changes.Values.Any(change => change is { Kind: Changes.ChangeKinds.Desk, IsApproved: true } && change.Subject == proposal.Desk.Id && change.Argument == proposal.Hash && change.RequestedAt >= proposal.At);

    internal void SetReady() => _ready.TrySetResult();

    /// <summary>
    /// Both go to the latch, which nobody waits for here: a trip is in the store already, and a clear that is not on the disk when the node dies makes its trip stand again
    /// until the store is read. A clear comes from the store alone.
    /// </summary>
    private void Merge()
    {
        IReadOnlyList<Trip> gone;
        lock (_merging)
        {
            var known = Known;
            var before = Board.Current;
            foreach (var trip in known.Trips.Values.Where(trip => before.Find(trip.TripId) is null))
            {
                _ = Latch.AppendAsync(trip);
            }

            var cleared = known.Cleared.Where(id => !before.Cleared.Contains(id)).ToImmutableArray();
            gone = [.. cleared.Select(before.Find).OfType<Trip>()];
            foreach (var part in cleared.Chunk(200))
            {
                _ = Latch.AppendClearedAsync(part);
            }

            Board.Merge(known.Trips.Values, known.Cleared);
        }

        if (gone.Count > 0)
        {
            var state = Trips.State;
            Cleared?.Invoke([.. gone.SelectMany(state.CausesOf)]);
        }
    }
}
