using System.Text.Json;
using Npgsql;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>
/// The journal as it lies in the database, read without any of our code, and the laws that it must obey whatever was done to the nodes.
/// </summary>
public sealed class JournalHistory
{
    private readonly IReadOnlyList<JournalRow> _rows;

    public JournalHistory(IReadOnlyList<JournalRow> rows) => _rows = rows;

    public static async Task<JournalHistory> ReadAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("select stream, seq, epoch, coalesce(grant_name, ''), kind, cmd_id, payload from journal order by gpos");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<JournalRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new JournalRow(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetGuid(5), reader.GetString(6)));
        }

        return new JournalHistory(rows);
    }

    public int Count => _rows.Count;

    /// <summary>All of it, in the order of commits.</summary>
    public IReadOnlyList<JournalRow> Rows => _rows;

    /// <summary>Kinds of events that are in it.</summary>
    public IReadOnlySet<string> Kinds => _rows.Select(row => row.Kind).ToHashSet();

    /// <summary>Trips that are stored.</summary>
    public IReadOnlySet<Guid> Trips => _rows.Where(row => row.Kind == "kill-switch.tripped.v1").Select(row => TripOf(row.Payload)).ToHashSet();

    /// <summary>Every law at once; the message names the first row that breaks one.</summary>
    public void Check(IEnumerable<Guid> acknowledgedTrips)
    {
        foreach (var stream in _rows.GroupBy(row => row.Stream))
        {
            var expected = 0L;
            foreach (var row in stream.OrderBy(row => row.Seq))
            {
                Assert.True(row.Seq == ++expected, $"{row.Stream} has a gap before {row.Seq}");
            }

            Ordered(stream.Where(row => row.Grant.Length > 0).OrderBy(row => row.Seq), $"stream {stream.Key}");
        }

        foreach (var grant in _rows.Where(row => row.Grant.Length > 0).GroupBy(row => row.Grant))
        {
            // In the order in which they were written: nothing of an epoch after the first of the next.
            Ordered(grant, $"grant {grant.Key}");
        }

        var trips = _rows.Where(row => row.Kind == "kill-switch.tripped.v1").Select(row => TripOf(row.Payload)).GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        foreach (var trip in acknowledgedTrips)
        {
            Assert.True(trips.GetValueOrDefault(trip) == 1, $"trip {trip} is in the journal {trips.GetValueOrDefault(trip)} times");
        }
    }

    /// <summary>Every acknowledged principal was added once.</summary>
    public void CheckPrincipals(IEnumerable<string> acknowledged)
    {
        var added = _rows.Where(row => row.Kind == "access.principal-added.v1").Select(row =>
        {
            using var json = JsonDocument.Parse(row.Payload);
            return json.RootElement.GetProperty("principal").GetProperty("name").GetString()!;
        }).GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        foreach (var name in acknowledged)
        {
            Assert.True(added.GetValueOrDefault(name) == 1, $"principal {name} was added {added.GetValueOrDefault(name)} times");
        }
    }

    /// <summary>Epochs under which anything was written for a grant, in order.</summary>
    public IReadOnlyList<long> EpochsOf(string grant) => [.. _rows.Where(row => row.Grant == grant).Select(row => row.Epoch).Distinct()];

    private static void Ordered(IEnumerable<JournalRow> rows, string what)
    {
        var highest = 0L;
        foreach (var row in rows)
        {
            Assert.True(row.Epoch >= highest, $"{what}: {row.Kind} #{row.Seq} was written with epoch {row.Epoch} after {highest}");
            highest = row.Epoch;
        }
    }

    private static Guid TripOf(string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.GetProperty("trip").GetProperty("tripId").GetGuid();
    }
}

/// <summary>One row of the journal, in the order of commits.</summary>
public sealed record JournalRow(string Stream, long Seq, long Epoch, string Grant, string Kind, Guid Command, string Payload);
