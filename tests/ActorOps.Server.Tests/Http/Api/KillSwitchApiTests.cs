using System.Net;
using System.Text;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Api;

public class KillSwitchApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task From_trip_to_active_takes_two_persons_and_two_resets()
    {
        var trip = await Trip("strategy/two-persons");
        var bob = await AddPerson("bob", "bob");
        var own = await Reset(server.Admin, trip);
        Assert.Equal("own-request", await Code(await Approve(server.Admin, own)));
        Assert.Equal("checklist-open", await Code(await Approve(bob, own)));
        await SignOpen(bob, own);
        using var approved = await Approve(bob, own);
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        Assert.Equal("REDUCE_ONLY", await Level("strategy/two-persons"));
        using var answer = JsonDocument.Parse(await approved.Content.ReadAsStringAsync());
        var recovery = answer.RootElement.GetProperty("recoveries")[0].GetProperty("tripId").GetString()!;
        var second = await Reset(server.Admin, recovery);
        await SignOpen(server.Admin, second);
        Assert.Equal(HttpStatusCode.OK, (await Approve(bob, second)).StatusCode);
        Assert.Equal("ACTIVE", await Level("strategy/two-persons"));
    }

    [Fact]
    public async Task Two_tokens_of_one_person_are_one_person()
    {
        var trip = await Trip("strategy/one-person");
        using var second = await AddPerson("admin-phone", "first-admin");
        Assert.Equal("own-request", await Code(await Approve(second, await Reset(server.Admin, trip))));
    }

    [Theory]
    [InlineData("recovery")]
    [InlineData("alert:ab")]
    [InlineData("rule:drawdown")]
    public async Task The_server_says_who_raised_a_trip_and_the_callers_own_word_is_ignored(string source)
    {
        var scope = $"strategy/by-{source.Replace(':', '-')}";
        using var made = await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json($$"""{"scope":"{{scope}}","level":"REDUCE_ONLY","source":"{{source}}"}"""));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var json = JsonDocument.Parse(await server.Admin.GetStringAsync("/api/v1/kill-switch"));
        var trip = json.RootElement.GetProperty("trips").EnumerateArray().Single(one => one.GetProperty("scope").GetString() == scope);
        Assert.Equal(("api:admin", "Person"), (trip.GetProperty("source").GetString(), trip.GetProperty("origin").GetString()));
    }

    [Fact]
    public async Task A_new_source_each_time_is_one_trip()
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await TripId(await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json($$"""{"scope":"strategy/flood","level":"KILLED","source":"s{{i}}"}"""))));
        }

        Assert.Single(ids);
    }

    [Fact]
    public async Task A_trip_of_a_scope_that_no_desk_has_stands_and_says_that_it_stops_nothing()
    {
        await RegisteredDesk.WithAsync(server, "momentum");
        using var made = await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json("""{"scope":"strategy/momentumm","level":"KILLED"}"""));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var json = JsonDocument.Parse(await made.Content.ReadAsStringAsync());
        var unknown = json.RootElement.GetProperty("unknownScope");
        Assert.Equal(["strategy/momentum"], unknown.GetProperty("nearest").EnumerateArray().Select(near => near.GetString()));
        Assert.Equal("no desk has strategy/momentumm; did you mean strategy/momentum?", unknown.GetProperty("detail").GetString());
        using var symbol = await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json("""{"scope":"symbol/BTC/USDT","level":"KILLED"}"""));
        Assert.DoesNotContain("unknownScope\":{", await symbol.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("supervisor")]
    [InlineData("File")]
    [InlineData("recovery")]
    public async Task A_name_that_nodes_act_under_is_given_to_nobody(string name)
    {
        using var refused = await Keyed(server.Admin, "/api/v1/access/principals", JsonSerializer.Serialize(new { name, person = "eve", roles = new[] { "operator" } }), Guid.NewGuid().ToString());
        Assert.Equal("name-reserved", await Code(refused));
    }

    [Theory]
    [InlineData("""{"scope":"planet/x","level":"KILLED"}""", "bad-scope")]
    [InlineData("""{"scope":"firm","level":"ACTIVE"}""", "bad-level")]
    [InlineData("""{"scope":"firm","level":"HALF"}""", "bad-level")]
    [InlineData("""{"scope":""", "bad-json")]
    [InlineData("null", "bad-json")]
    [InlineData("[]", "bad-json")]
    public async Task A_bad_request_is_named_and_trips_nothing(string body, string code)
    {
        using var response = await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, await Code(response));
        Assert.DoesNotContain("ActorOps.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Where and how far is all that a trip needs.</summary>
    [Theory]
    [InlineData("""  "tripId":"zz" """, "tripId: not an id")]
    [InlineData("""  "tripId":7 """, "tripId: expected a text")]
    [InlineData("""  "drill":"yes" """, "drill: expected true or false")]
    [InlineData("""  "confirm":1 """, "confirm: expected a text")]
    [InlineData("""  "reason":"a","reason":"b" """, "reason: it is there twice")]
    [InlineData("""  "reason":"\ud800" """, "reason: half of a character")]
    [InlineData("""  "flatten":true,"confirm":"firm" """, "flatten: closing positions needs the scope typed once more")]
    public async Task No_other_field_keeps_a_trip_from_happening_and_what_is_left_out_is_named(string field, string ignored)
    {
        var scope = $"symbol/SIDE{Math.Abs(field.GetHashCode(StringComparison.Ordinal))}";
        using var response = await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json($$"""{"scope":"{{scope}}","level":"REDUCE_ONLY",{{field}}}"""));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.StartsWith(ignored, Assert.Single(json.RootElement.GetProperty("ignored").EnumerateArray()).GetString(), StringComparison.Ordinal);
        var trip = Assert.Single(server.Services.Ops.KillSwitch.Current.Standing, trip => trip.Scope.ToString() == scope);
        Assert.False(trip.Drill);
    }

    [Fact]
    public async Task A_reason_with_nul_or_of_a_megabyte_is_cut_and_never_stops_a_trip()
    {
        var body = JsonSerializer.Serialize(new { scope = "strategy/long-reason", level = "KILLED", reason = "a\0b" + new string('x', 1_000_000) });
        using var response = await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json(body));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var trip = server.Services.Ops.Board.Current.Trips.Single(candidate => candidate.Scope.ToString() == "strategy/long-reason");
        Assert.Equal((1000, "a b"), (trip.Reason.Length, trip.Reason[..3]));
    }

    [Fact]
    public async Task A_body_without_end_is_refused_with_its_size_as_the_reason()
    {
        // Who sends on regardless may find the connection closed before he has read the answer; this one asks first.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/kill-switch/resets") { Content = Json(new string('x', 1_000_000)) };
        request.Headers.ExpectContinue = true;
        using var response = await server.Admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_reset_without_a_key_is_refused_and_one_with_a_used_key_replays_or_is_refused()
    {
        var trip = await Trip("strategy/keys");
        var body = JsonSerializer.Serialize(new { tripIds = new[] { trip }, reason = "r", rootCause = "c" });
        Assert.Equal("idempotency-key-missing", await Code(await server.Admin.PostAsync("/api/v1/kill-switch/resets", Json(body))));
        var first = await (await Keyed(server.Admin, "/api/v1/kill-switch/resets", body, "k1")).Content.ReadAsStringAsync();
        Assert.Equal(first, await (await Keyed(server.Admin, "/api/v1/kill-switch/resets", body, "k1")).Content.ReadAsStringAsync());
        using var other = await Keyed(server.Admin, "/api/v1/kill-switch/resets", body.Replace("\"r\"", "\"other\"", StringComparison.Ordinal), "k1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task A_trip_with_a_key_replays_while_it_stands_and_is_new_once_it_was_reset()
    {
        using var bob = await AddPerson("bob-keys", "bob");
        const string body = """{"scope":"strategy/replay","level":"KILLED"}""";
        var first = await TripId(await Keyed(server.Admin, "/api/v1/kill-switch/trips", body, "t1"));
        Assert.Equal(first, await TripId(await Keyed(server.Admin, "/api/v1/kill-switch/trips", body, "t1")));
        await Waiting.For(async () => (await server.Services.Store.Journal.ReadFeedAsync(null, 1000)).Any(record => record.Kind == "kill-switch.raised-again.v1"));
        var reset = await Reset(server.Admin, first);
        await SignOpen(server.Admin, reset);
        Assert.Equal(HttpStatusCode.OK, (await Approve(bob, reset)).StatusCode);
        Assert.NotEqual(first, await TripId(await Keyed(server.Admin, "/api/v1/kill-switch/trips", body, "t1")));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<HttpResponseMessage> Keyed(HttpClient client, string path, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private static async Task<string> TripId(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("tripId").GetString()!;
    }

    private static async Task<string> Code(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("code").GetString()!;
    }

    private async Task<string> Trip(string scope) => await TripId(await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json($$"""{"scope":"{{scope}}","level":"KILLED","reason":"test"}""")));

    private static async Task<string> Reset(HttpClient by, string trip)
    {
        using var response = await Keyed(by, "/api/v1/kill-switch/resets", JsonSerializer.Serialize(new { tripIds = new[] { trip }, reason = "r", rootCause = "c" }), Guid.NewGuid().ToString());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("resetId").GetString()!;
    }

    private static async Task SignOpen(HttpClient by, string reset)
    {
        using var json = JsonDocument.Parse(await by.GetStringAsync($"/api/v1/kill-switch/resets/{reset}"));
        foreach (var check in json.RootElement.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("state").GetString() == "Open"))
        {
            using var signed = await Keyed(by, $"/api/v1/kill-switch/resets/{reset}/signatures", JsonSerializer.Serialize(new { item = check.GetProperty("item").GetString(), statement = "looked at it" }), Guid.NewGuid().ToString());
            Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> Approve(HttpClient by, string reset) => Keyed(by, $"/api/v1/kill-switch/resets/{reset}/approvals", "{}", Guid.NewGuid().ToString());

    private async Task<HttpClient> AddPerson(string name, string person) => server.ClientOf(await server.AddPrincipalAsync(name, "risk", person: person));

    private async Task<string> Level(string scope)
    {
        using var json = JsonDocument.Parse(await server.Admin.GetStringAsync("/api/v1/kill-switch"));
        return json.RootElement.GetProperty("effective").EnumerateArray().FirstOrDefault(item => item.GetProperty("scope").GetString() == scope) is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("level").GetString()!
            : "ACTIVE";
    }
}
