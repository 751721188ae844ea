using ActorOps.Ops.Access;
using ActorOps.Ops.Desks;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Hosting;

/// <summary>What a new data directory needs, and the desks of the configuration.</summary>
internal static class FirstStart
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task RunAsync(NodeServices services)
    {
        if (!services.Ops.AccessBoard.Principals.Any())
        {
            await AddAsync(services, "admin", "first-admin", [Role.Operator, Role.Admin, Role.Risk], "admin.token").ConfigureAwait(false);
            await AddAsync(services, "desk", "trading-system", [Role.Desk], "desk.token", services.Configuration.Options.Node.FirstDesk).ConfigureAwait(false);
        }

        var options = services.Configuration.Options;
        foreach (var (id, desk) in options.Desks)
        {
            if (await services.Ops.RegisterAsync(desk.ToDesk(id, options.Node.Region), "configuration").ConfigureAwait(false) is DeskReply.Rejected rejected)
            {
                services.Say($"desk {id} of the configuration is refused: {rejected.Why}");
            }
        }
    }

    private static async Task AddAsync(NodeServices services, string name, string person, Role[] roles, string file, string? desk = null)
    {
        var token = AccessBoard.NewToken();
        AtomicFile.Write(Path.Combine(services.Directory.Path, file), token + "\n", Private);
        await services.Ops.ChangeAccessAsync(new AccessCommand.Add(new Principal(name, person, roles, AccessBoard.Hash(token), services.Now, Desk: desk), "first start")).ConfigureAwait(false);
    }
}
