using ActorOps.Ops.Access;
using ActorOps.Ops.Desks;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Hosting;

/// <summary>What a new cluster needs, and the desks of the configuration.</summary>
internal static class FirstStart
{
    public static async Task RunAsync(NodeServices services, CancellationToken ending)
    {
        if (!services.Ops.AccessBoard.Principals.Any())
        {
            await AddAsync(services, "admin", "first-admin", [Role.Operator, Role.Admin, Role.Risk], "admin.token", null, ending).ConfigureAwait(false);
            await AddAsync(services, "desk", "trading-system", [Role.Desk], "desk.token", services.Configuration.Options.Node.FirstDesk, ending).ConfigureAwait(false);
        }

        var options = services.Configuration.Options;
        foreach (var (id, desk) in options.Desks)
        {
            if (await Insisting.AskAsync(services, () => services.Ops.RegisterAsync(desk.ToDesk(id, options.Node.Region), "configuration", isConfiguration: true), ending).ConfigureAwait(false) is DeskReply.Rejected rejected)
            {
                services.Say($"desk {id} of the configuration is refused: {rejected.Why}");
            }
        }
    }

    /// <summary>The token is on the disk before its principal is known anywhere; of several nodes that start together, the one whose principal is taken keeps its file.</summary>
    private static async Task AddAsync(NodeServices services, string name, string person, Role[] roles, string file, string? desk, CancellationToken ending)
    {
        var token = AccessBoard.NewToken();
        var path = Path.Combine(services.Directory.Path, file);
        AtomicFile.Write(path, token + "\n");
        var principal = new Principal(name, person, roles, AccessBoard.Hash(token), services.Now, Desk: desk);
        var reply = await Insisting.AskAsync(services, () => services.Ops.ChangeAccessAsync(new AccessCommand.Add(principal, "first start")), ending).ConfigureAwait(false);

        // A repeated question finds its own answer as a name that is taken.
        if (reply is AccessReply.Rejected && !await IsOursAsync(services, principal).ConfigureAwait(false))
        {
            File.Delete(path);
        }
    }

    private static async Task<bool> IsOursAsync(NodeServices services, Principal principal)
    {
        for (var i = 0; i < 50; i++)
        {
            if (services.Ops.AccessBoard.Principals.FirstOrDefault(known => known.Name == principal.Name) is { } known)
            {
                return known.TokenHash == principal.TokenHash;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), services.System.TimeProvider).ConfigureAwait(false);
        }

        return false;
    }
}
