using System.Net;
using System.Text;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Api;

public class SignalsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Hello = """{"desk":"paper","libraryVersion":"1","targets":{"region":"eu","baseCurrency":"USD","aum":1000,"accounts":[{"id":"a","broker":"b","aum":1000}],"strategies":[{"id":"s","account":"a","feed":"f","aum":1000}],"feeds":[{"id":"f"}],"brokers":[{"id":"b"}]}}""";

    [Fact]
    public async Task A_batch_is_counted_line_by_line_and_a_repeat_is_recognised()
    {
        await Register();
        var body = "{\"type\":\"heartbeat\",\"kind\":\"strategy\",\"id\":\"s\"}\nrubbish\n";
        var first = await Send(body, "session-1", 0);
        Assert.Equal((1, 1, 0), (first.GetProperty("accepted").GetInt32(), first.GetProperty("rejected").GetInt32(), first.GetProperty("repeated").GetInt32()));
        Assert.Equal(2, first.GetProperty("errors")[0].GetProperty("line").GetInt32());
        var again = await Send(body, "session-1", 0);
        Assert.Equal((0, 2), (again.GetProperty("accepted").GetInt32(), again.GetProperty("repeated").GetInt32()));
    }

    [Fact]
    public async Task A_sequence_that_is_no_number_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/signals") { Content = new StringContent("{}") };
        request.Headers.Add("ActorOps-Session", "x");
        request.Headers.Add("ActorOps-Sequence", "-1");
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Desk.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_sending_time_that_is_none_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/signals") { Content = new StringContent("{}") };
        request.Headers.Add("ActorOps-Sent", "yesterday");
        using var response = await server.Desk.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("bad-sent", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_waited_are_late_and_no_sign_of_a_wrong_clock()
    {
        await Register();

        // What others have sent is handled by then.
        await SendAt(0, sentAfter: 0, "\"type\":\"pnl\",\"strategy\":\"s\",\"realized\":-2,\"unrealized\":0");
        await Shows(-0.2);
        var before = await Skewed();
        await SendAt(-60, sentAfter: 0, "\"type\":\"heartbeat\",\"kind\":\"strategy\",\"id\":\"s\"");
        await SendAt(-60, sentAfter: -60, "\"type\":\"heartbeat\",\"kind\":\"strategy\",\"id\":\"s\"");
        await SendAt(0, sentAfter: 0, "\"type\":\"pnl\",\"strategy\":\"s\",\"realized\":-3,\"unrealized\":0");
        await Shows(-0.3);
        Assert.Equal(before + 1, await Skewed());
    }

    [Fact]
    public async Task A_flood_to_one_supervisor_loses_nothing()
    {
        await Register();
        var line = "{\"type\":\"pnl\",\"strategy\":\"s\",\"realized\":0,\"unrealized\":0}\n";
        var body = new StringBuilder().Insert(0, line, 100_000).ToString();
        var answers = await Task.WhenAll(Send(body, "flood-1", 0), Send(body, "flood-2", 0));
        Assert.All(answers, answer => Assert.Equal(100_000, answer.GetProperty("accepted").GetInt32()));
    }

    [Fact]
    public async Task A_supervisor_shows_what_it_was_told()
    {
        await Register();
        await Send("{\"type\":\"pnl\",\"strategy\":\"s\",\"realized\":-4,\"unrealized\":0}\n", "shown", 0);
        await Shows(-0.4);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Admin.GetAsync("/api/v1/supervisors/strategy/nobody")).StatusCode);
    }

    [Theory]
    [InlineData("""{"desk":"paper","libraryVersion":"1","targets":{"region":"eu","aum":1000,"accounts":[null]}}""")]
    [InlineData("""{"desk":"paper","libraryVersion":"1","targets":{"region":null,"aum":0,"accounts":null}}""")]
    [InlineData("""{"desk":"paper","libraryVersion":"1","targets":{"region":"eu","aum":1000,"strategies":[{"id":null,"account":null}]}}""")]
    public async Task A_hello_full_of_holes_is_a_bad_request_and_harms_nobody(string hello)
    {
        using var content = new StringContent(hello, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Desk.PostAsync("/api/v1/gate/sessions", content)).StatusCode);
        await Register();
    }

    private Task Shows(double dailyPnl) => Waiting.For(async () =>
    {
        using var json = JsonDocument.Parse(await server.Admin.GetStringAsync("/api/v1/supervisors/strategy/s"));
        return json.RootElement.GetProperty("rules").EnumerateArray().Any(rule => rule.GetProperty("rule").GetString() == "daily-pnl" && rule.TryGetProperty("value", out var value) && Math.Abs(value.GetDouble() - dailyPnl) < 1e-9);
    });

    private async Task<long> Skewed()
    {
        using var json = JsonDocument.Parse(await server.Admin.GetStringAsync("/api/v1/supervisors/strategy/s"));
        return json.RootElement.GetProperty("skewedSignals").GetInt64();
    }

    private async Task SendAt(double seconds, double sentAfter, string fields)
    {
        var now = DateTime.UtcNow;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/signals") { Content = new StringContent($$"""{"at":"{{now.AddSeconds(seconds):O}}",{{fields}}}""") };
        request.Headers.Add("ActorOps-Sent", now.AddSeconds(sentAfter).ToString("O"));
        using var response = await server.Desk.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task Register()
    {
        using var content = new StringContent(Hello, Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Created, (await server.Desk.PostAsync("/api/v1/gate/sessions", content)).StatusCode);
        await Waiting.For(() => server.Services.Ops.Supervisors.All.Any(summary => summary.Target.Id == "s"));
    }

    private async Task<JsonElement> Send(string body, string session, long first)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/signals") { Content = new StringContent(body) };
        request.Headers.Add("ActorOps-Session", session);
        request.Headers.Add("ActorOps-Sequence", first.ToString());
        using var response = await server.Desk.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone();
    }
}
