using ActorOps.Ops.Access;

namespace ActorOps.Server.Http.Security;

/// <summary>
/// Joins denials before they are journalled. The first one of a kind (same principal, route and reason) is told at once; its repeats within a minute become one record with
/// their number. A principal has a budget of kinds a minute, strangers share one; what is over the budget becomes one kind more, so the journal's growth is bounded and no
/// denial is without a trace. Not for several threads at once.
/// </summary>
internal sealed class DenialWindow
{
    /// <summary>Who asks without a known token.</summary>
    public const string Stranger = "anonymous";

    /// <summary>Kinds of denials a minute that one principal is told apart by.</summary>
    public const int MostKinds = 20;

    /// <summary>The same for all strangers together.</summary>
    public const int MostKindsOfStrangers = 10;

    private const string Various = "various requests";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly Dictionary<Kind, Entry> _open = [];

    /// <summary>Takes a denial: the record to journal now, or null when it was joined to an earlier one.</summary>
    public AccessCommand.Deny? Add(string principal, string route, string why, string address, DateTimeOffset now)
    {
        var kind = new Kind(principal, route, why);
        if (_open.TryGetValue(kind, out var known))
        {
            known.More++;
            return null;
        }

        if (_open.Keys.Count(other => other.Principal == principal) >= (principal == Stranger ? MostKindsOfStrangers : MostKinds))
        {
            kind = new Kind(principal, Various, "more kinds of denials than are told apart");
            if (_open.TryGetValue(kind, out known))
            {
                known.More++;
                return null;
            }
        }

        _open.Add(kind, new Entry(address, now));
        return new AccessCommand.Deny(kind.Principal, kind.Route, kind.Why, address);
    }

    /// <summary>Ends what is a minute old; the records of those that were repeated. <paramref name="all"/> ends the others too.</summary>
    public IReadOnlyList<AccessCommand.Deny> Close(DateTimeOffset now, bool all = false)
    {
        var over = _open.Where(entry => all || now - entry.Value.Since >= Life).ToList();
        foreach (var (kind, _) in over)
        {
            _open.Remove(kind);
        }

        return [.. over.Where(entry => entry.Value.More > 0).Select(entry => new AccessCommand.Deny(entry.Key.Principal, entry.Key.Route, entry.Key.Why, entry.Value.Address) { Count = entry.Value.More })];
    }

    private sealed record Kind(string Principal, string Route, string Why);

    private sealed class Entry(string address, DateTimeOffset since)
    {
        public string Address => address;

        public DateTimeOffset Since => since;

        public int More { get; set; }
    }
}
