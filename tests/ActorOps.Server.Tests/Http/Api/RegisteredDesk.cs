using ActorOps.Ops.Desks;

namespace ActorOps.Server.Tests.Http.Api;

/// <summary>A desk with the strategies that a test speaks of: what no desk has, no alert and no procedure acts on.</summary>
internal static class RegisteredDesk
{
    public static async Task WithAsync(ServerFixture server, params string[] strategies)
    {
        var desk = new Desk("tested", "eu", "USD", 1_000_000)
        {
            Accounts = [new DeskAccount("tested-account", "tested-broker", 1_000_000)],
            Brokers = [new DeskBroker("tested-broker")],
            Feeds = [new DeskFeed("tested-feed")],
            Strategies = [.. strategies.Select(id => new DeskStrategy(id, "tested-account", "tested-feed", 1000))],
        };
        await server.Services.Ops.WhenReady;
        await Waiting.For(async () => await server.Services.Ops.RegisterAsync(desk, "test") is DeskReply.Registered);
        await Waiting.For(() => strategies.All(id => server.Services.Ops.Registry.FindStrategy(id) is not null));
    }
}
