using System.Net.Http.Headers;
using ActorOps.Ops.Access;

namespace ActorOps.Server.Tests.Http.Security;

/// <summary>A node with one principal for each role, which has that role alone.</summary>
public sealed class RoleFixture : IAsyncLifetime
{
    public ServerFixture Server { get; } = new();

    public Dictionary<Role, string> Tokens { get; } = [];

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        foreach (var role in RoleNames.All.Where(role => role is not (Role.Desk or Role.BreakGlass)))
        {
            Tokens[role] = await Server.AddPrincipalAsync($"only-{role.ToWire()}", role.ToWire());
        }

        Tokens[Role.Desk] = Server.Token("desk");
        Tokens[Role.BreakGlass] = Server.Token("break-glass");
    }

    /// <summary>Registers a desk with one account and one strategy.</summary>
    public async Task RegisterAsync(string desk, string prefix)
    {
        var token = desk == "paper" ? Tokens[Role.Desk] : await Server.AddPrincipalAsync($"{desk}-system", "desk", desk);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/gate/sessions")
        {
            Content = new StringContent($$$"""
                {"desk":"{{{desk}}}","libraryVersion":"1","targets":{"region":"eu","baseCurrency":"USD","aum":1000000,"accounts":[{"id":"{{{prefix}}}-account","broker":"{{{prefix}}}-broker","aum":1000000}],
                "strategies":[{"id":"{{{prefix}}}-strategy","account":"{{{prefix}}}-account","feed":"{{{prefix}}}-feed","aum":1000000}],"feeds":[{"id":"{{{prefix}}}-feed"}],"brokers":[{"id":"{{{prefix}}}-broker"}]}}
                """, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Server.Anonymous.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task DisposeAsync() => Server.DisposeAsync();
}
