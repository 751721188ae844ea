using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Quotas;

/// <summary>Bounds of what a request leaves behind: principals, open requests for changes and resets, backups. Looked at before the body is read.</summary>
internal sealed class StandingQuotas(NodeServices services)
{
    /// <summary>Why one more cannot be kept; null when it can.</summary>
    public Refusal? Refuse(string method, string path, Principal? principal)
    {
        if (method != "POST" || principal is null)
        {
            return null;
        }

        var quotas = services.Configuration.Options.Quotas;
        return path switch
        {
            "/api/v1/access/principals" => Check(services.Ops.AccessBoard.Principals.Count(), quotas.Principals, "principals", "principals; revoke those that are not used"),
            "/api/v1/changes" => Check(
                services.Ops.KillSwitch.Changes.Count(change => !change.IsApproved && change.ExpiresAt > services.Now && change.Principal == principal.Name),
                quotas.OpenRequestsPerPrincipal,
                "open-requests-per-principal",
                "changes that wait for approval; end some first"),
            "/api/v1/kill-switch/resets" => Check(
                services.Ops.KillSwitch.OpenResets.Count(reset => reset.Principal == principal.Name), quotas.OpenRequestsPerPrincipal, "open-requests-per-principal", "resets that wait for approval; they end by themselves after actorops.kill-switch.reset-expiry"),
            "/api/v1/backups" => Check(Backups(), quotas.Backups, "backups", "backups in <data>/backups; move some elsewhere"),
            _ => null,
        };
    }

    private static Refusal? Check(int count, int most, string key, string what) =>
        count < most ? null : new Refusal(429, "too-many", $"there are {count} {what} (actorops.quotas.{key} = {most}); nothing was done", IsRetryable: true);

    private int Backups()
    {
        var directory = Path.Combine(services.Directory.Path, "backups");
        return Directory.Exists(directory) ? Directory.EnumerateFiles(directory).Count() : 0;
    }
}
