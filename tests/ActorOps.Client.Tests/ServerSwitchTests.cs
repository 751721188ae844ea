using System.Net;

namespace ActorOps.Client.Tests;

public class ServerSwitchTests
{
    private static readonly Uri A = new("http://a:1/");
    private static readonly Uri B = new("http://b:2/");
    private readonly Scripted _network = new();

    [Fact]
    public async Task A_node_that_is_not_reached_is_left_for_the_next_one_and_so_on_in_a_circle()
    {
        _network.Down.Add("a");
        var http = Client(A, B);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("x"));
        Assert.Equal("b", await http.GetStringAsync("x"));
        _network.Down = ["b"];
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("x"));
        Assert.Equal("a", await http.GetStringAsync("x"));
    }

    [Fact]
    public async Task A_failed_call_is_not_repeated_elsewhere_by_itself()
    {
        _network.Down.Add("a");
        await Assert.ThrowsAsync<HttpRequestException>(() => Client(A, B).PostAsync("order", null));
        Assert.Equal(["a"], _network.Asked);
    }

    [Fact]
    public void Two_callers_that_fail_at_once_move_on_once()
    {
        using var servers = new ServerSwitch([A, B, new Uri("http://c:3/")], _network);
        servers.MoveOn(A);
        servers.MoveOn(A);
        Assert.Equal(B, servers.Current);
    }

    [Fact]
    public void What_is_learnt_stands_behind_what_was_given_and_is_not_doubled()
    {
        using var servers = new ServerSwitch([A], _network);
        servers.MoveOn(A);
        Assert.Equal(A, servers.Current);
        servers.Learn([B, A, B]);
        servers.MoveOn(A);
        servers.MoveOn(B);
        Assert.Equal(A, servers.Current);
    }

    private HttpClient Client(params Uri[] servers) => new(new ServerSwitch(servers, _network)) { BaseAddress = servers[0] };

    private sealed class Scripted : HttpMessageHandler
    {
        public HashSet<string> Down { get; set; } = [];

        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.Host);
            return Down.Contains(request.RequestUri.Host)
                ? throw new HttpRequestException("refused")
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.RequestUri.Host) });
        }
    }
}
