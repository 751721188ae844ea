using ActorOps.Client.Wire;
using ActorOps.Ops.Desks;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Quotas;

/// <summary>Bounds of a desk's hello, looked at before anything of it is registered or journalled.</summary>
internal sealed class HelloQuotas(NodeServices services)
{
    private const int MostKnownTrips = 2000;
    private readonly HourlyBudget _changes = new(services.Configuration.Options.Quotas.RegistrationsPerHour);
    private readonly HourlyBudget _names = new(services.Configuration.Options.Quotas.NewTargetsPerHour);

    /// <summary>Why the hello is not taken; null when it is.</summary>
    /// <param name="hello">The hello.</param>
    /// <param name="desk">The desk that it describes; null: it has no targets.</param>
    public Refusal? Refuse(HelloBody hello, Desk? desk)
    {
        var quotas = services.Configuration.Options.Quotas;
        var targets = desk is null ? 0 : desk.Accounts.Count + desk.Strategies.Count + desk.Feeds.Count + desk.Brokers.Count + desk.Components.Count;
        return targets > quotas.TargetsPerDesk ? new Refusal(413, "too-many-targets", $"the hello names {targets} targets; a desk may have {quotas.TargetsPerDesk} (actorops.quotas.targets-per-desk)")
            : hello.KnownTrips.Count > MostKnownTrips ? new Refusal(413, "too-many-trips", $"the hello names {hello.KnownTrips.Count} trips; at most {MostKnownTrips} are taken")
            : services.Ops.Registry.Find(hello.Desk) is null && services.Ops.Registry.Desks.Count() >= quotas.Desks ? new Refusal(429, "too-many-desks", $"{quotas.Desks} desks are registered already (actorops.quotas.desks)", IsRetryable: true)
            : !services.Ops.Gates.HasRoom(hello.Desk) ? NoRoom(hello.Desk)
            : desk is not null && !_names.TryTake(hello.Desk, NewNames(desk), services.Now) ? new Refusal(429, "too-many-targets", $"desk '{hello.Desk}' has named {quotas.NewTargetsPerHour} new targets within the hour (actorops.quotas.new-targets-per-hour)", IsRetryable: true)
            : desk is not null && IsChange(desk) && !_changes.TryTake(hello.Desk, 1, services.Now) ? new Refusal(429, "too-many-registrations", $"desk '{hello.Desk}' has changed its registration {quotas.RegistrationsPerHour} times within the hour (actorops.quotas.registrations-per-hour)", IsRetryable: true)
            : null;
    }

    /// <summary>The desk listens to as many sessions as it may have.</summary>
    public static Refusal NoRoom(string desk) =>
        new(429, "too-many-sessions", $"desk '{desk}' has too many gate sessions open (actorops.gate.sessions-per-desk); end one first", IsRetryable: true);

    /// <summary>Each change is journalled whole.</summary>
    private bool IsChange(Desk desk) => services.Ops.Registry.Find(desk.Id) is not { } known || !DeskOrder.Same(known, desk);

    private int NewNames(Desk desk)
    {
        var known = services.Ops.Registry.EverKnown;
        return DeskRegistry.ScopesOf(desk).Count(scope => !known.Contains(scope));
    }
}
