using System.Text.Json;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Server.Hosting;

/// <summary>Tells the terminal what is journalled, a line an event, and the risk log what concerns risk.</summary>
internal sealed class Narrator(NodeServices services)
{
    private string? _cursor;
    private bool _started;

    public async Task RunOnceAsync()
    {
        if (!_started)
        {
            _cursor = await services.Store.Journal.ReadFeedEndAsync().ConfigureAwait(false);
            _started = true;
            foreach (var trip in services.Ops.Board.Current.Trips)
            {
                services.Say($"STANDING {Ops.Scopes.TradingStateNames.ToWire(trip.Level)} {trip.Scope} trip {trip.TripId} since {trip.RaisedAt:u}: {trip.Reason}");
            }
        }

        IReadOnlyList<JournalRecord> records;
        while ((records = await services.Store.Journal.ReadFeedAsync(_cursor, 200).ConfigureAwait(false)).Count > 0)
        {
            foreach (var record in records)
            {
                Tell(record);
            }

            _cursor = records[^1].Cursor;
        }
    }

    private void Tell(JournalRecord record)
    {
        using var json = JsonDocument.Parse(record.Payload);
        var line = Narration.Line(record.Kind, json.RootElement);
        if (line is not null)
        {
            services.Say(line);
            RiskLog.Event(services.Log, record.Kind, line);
        }
    }
}
