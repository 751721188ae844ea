using System.Text.Json;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Server.Hosting;

/// <summary>Tells the terminal what is journalled, a line an event, and the risk log what concerns risk.</summary>
internal sealed class Narrator(NodeServices services)
{
    public void Start()
    {
        foreach (var trip in services.Ops.Board.Current.Trips)
        {
            services.Say($"STANDING since {trip.RaisedAt:u}: {Ops.KillSwitches.TripText.Line(trip)}");
        }

        services.Situation.Changed = TellSituation;
        services.Ops.Recorded = Tell;
        services.Cluster.Events.Happened = line =>
        {
            ServerLog.ClusterChanged(services.Log, line);
            if (services.Configuration.Options.Cluster.IsShared)
            {
                services.Say(line);
            }
        };
    }

    private void TellSituation(string before, Ops.Situations.Situation now)
    {
        services.Say($"state {before} -> {now.State}: {now.Sentence}{(now.Next is { } next ? $" Next: {next}" : string.Empty)}");
        ServerLog.SituationChanged(services.Log, before, now.State, now.Sentence);
    }

    private void Tell(JournalRecord record)
    {
        using var json = JsonDocument.Parse(record.Payload);
        if (Narration.Line(record.Kind, json.RootElement) is { } line)
        {
            services.Say(line);
            RiskLog.Event(services.Log, record.Kind, line);
        }

        // Orders to desks wait in the outbox: the node that has the desk looks at once.
        if (record.Kind.StartsWith("feeds.", StringComparison.Ordinal))
        {
            foreach (var desk in services.Ops.Gates.Sessions.Select(session => session.Desk).Distinct())
            {
                services.Ops.Gates.ControlsWaiting(desk);
            }
        }
    }
}
