using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorOps.Server.Tests.Http.Pages;

public class MinimalPageTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_person_logs_in_trips_and_sees_the_trip()
    {
        var cookie = await LogIn();
        var page = await Get("/minimal", cookie);
        using var asked = await Post("/minimal/kill/question", cookie, Form(page, "strategy/page"));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.DoesNotContain(server.Services.Ops.Board.Current.Trips, trip => trip.Scope.ToString() == "strategy/page");
        using var tripped = await Post("/minimal/kill", cookie, Form(await asked.Content.ReadAsStringAsync(), "strategy/page"));
        Assert.Equal(HttpStatusCode.Found, tripped.StatusCode);
        Assert.Contains("strategy/page", await Get("/minimal", cookie), StringComparison.Ordinal);
        Assert.Contains(server.Services.Ops.Board.Current.Trips, trip => trip is { Source: "page:admin", Principal: "admin" } && trip.Scope.ToString() == "strategy/page");
    }

    [Fact]
    public async Task Only_what_was_asked_is_tripped()
    {
        var cookie = await LogIn();
        var page = await Get("/minimal", cookie);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/kill", cookie, Form(page, "strategy/unasked"))).StatusCode);
        using var asked = await Post("/minimal/kill/question", cookie, Form(page, "strategy/unasked"));
        var form = Form(await asked.Content.ReadAsStringAsync(), "strategy/unasked");
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/kill", cookie, new(form) { ["scope"] = "strategy/other" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/kill", cookie, new(form) { ["level"] = "REDUCE_ONLY" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/kill", cookie, new(form) { ["level"] = "ACTIVE" })).StatusCode);
        Assert.DoesNotContain(server.Services.Ops.Board.Current.Trips, trip => trip.Scope.ToString() is "strategy/unasked" or "strategy/other");
    }

    [Fact]
    public async Task A_scope_that_no_desk_has_is_tripped_and_the_page_says_that_this_stops_nothing()
    {
        var cookie = await LogIn();
        using var asked = await Post("/minimal/kill/question", cookie, Form(await Get("/minimal", cookie), "strategy/nobodys"));
        var question = await asked.Content.ReadAsStringAsync();
        Assert.Contains("NOTHING IS STOPPED BY THIS: no desk has strategy/nobodys.", question, StringComparison.Ordinal);
        using var tripped = await Post("/minimal/kill", cookie, Form(question, "strategy/nobodys"));
        var said = await Get(tripped.Headers.Location!.ToString(), cookie);
        Assert.Contains("TRIPPED KILLED for strategy/nobodys", said, StringComparison.Ordinal);
        Assert.Contains("NOTHING IS STOPPED BY THIS: no desk has strategy/nobodys.", said, StringComparison.Ordinal);
        Assert.Contains("stops nothing: no desk has strategy/nobodys", await Get("/minimal", cookie), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused_whatever_cookie_it_carries()
    {
        var cookie = await LogIn();
        var form = Form(await Get("/minimal", cookie), "strategy/cross");
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/kill", cookie, form, ("Origin", "http://evil.example"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/kill", cookie, form, ("Sec-Fetch-Site", "cross-site"))).StatusCode);
        Assert.DoesNotContain(server.Services.Ops.Board.Current.Trips, trip => trip.Scope.ToString() == "strategy/cross");
    }

    [Fact]
    public async Task A_form_without_its_token_or_a_session_does_nothing()
    {
        var cookie = await LogIn();
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/kill", cookie, new() { ["scope"] = "firm", ["level"] = "KILLED", ["form"] = "forged" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post("/minimal/kill", "actorops-session=forged.1.2", new() { ["scope"] = "firm", ["level"] = "KILLED" })).StatusCode);
        Assert.DoesNotContain(server.Services.Ops.Board.Current.Trips, trip => trip.Scope.ToString() == "firm");
    }

    [Fact]
    public async Task A_wrong_token_does_not_log_in_and_the_cookie_is_out_of_reach_of_scripts()
    {
        using var wrong = await Post("/minimal/log-in", null, new() { ["token"] = "nobody's" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var right = await Post("/minimal/log-in", null, new() { ["token"] = server.Token("admin") });
        var cookie = right.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_others_wrote_is_text_and_never_markup()
    {
        using var body = new StringContent("""{"scope":"strategy/markup","level":"KILLED","reason":"<script>alert(1)</script>"}""");
        await server.Admin.PostAsync("/api/v1/kill-switch/trips", body);
        var page = await Get("/minimal", await LogIn());
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_is_drained_by_page_once_its_name_is_typed_and_a_reason_given()
    {
        var cookie = await LogIn();
        var page = await Get("/minimal?still=1", cookie);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        var node = server.Services.Identity.Node;
        Dictionary<string, string> Ask(string verb, string confirm, string reason = "patch") => new()
        {
            ["form"] = Regex.Match(page, "action=\"/minimal/cluster\"><input type=\"hidden\" name=\"form\" value=\"([^\"]+)\"").Groups[1].Value,
            ["node"] = node,
            ["verb"] = verb,
            ["reason"] = reason,
            ["confirm"] = confirm,
        };
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/minimal/cluster", cookie, Ask("drain", "another"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post("/minimal/cluster", cookie, Ask("drain", node, " "))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/minimal/cluster", cookie, new(Ask("drain", node)) { ["form"] = Form(page, "firm")["form"] })).StatusCode);
        using var gone = await Post("/minimal/cluster", cookie, new(Ask("drain", "gone")) { ["node"] = "gone" });
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (gone.StatusCode, gone.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Nothing was done: there is no living node &#39;gone&#39;", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Healthy\">Up", await Get("/minimal", cookie), StringComparison.Ordinal);
        using var drained = await Post("/minimal/cluster", cookie, Ask("drain", node));
        Assert.Equal(HttpStatusCode.Found, drained.StatusCode);
        Assert.Contains($"drain {node}: accepted", await Get(drained.Headers.Location!.ToString(), cookie), StringComparison.Ordinal);
        await Waiting.For(async () => (await Get("/minimal", cookie)).Contains(">Drained<", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Found, (await Post("/minimal/cluster", cookie, Ask("join", node))).StatusCode);
        await Waiting.For(async () => (await Get("/minimal", cookie)).Contains("Healthy\">Up", StringComparison.Ordinal));

        // Who did it and why is in the journal, though for a while nobody was there to write it.
        await Waiting.For(async () => (await server.Services.Store.Journal.ReadFeedAsync(null, 1000)).Where(record => record.Kind == "access.node-changed.v1" && record.Payload.Contains("\"reason\":\"patch\"", StringComparison.Ordinal))
            .Select(record => JsonDocument.Parse(record.Payload).RootElement.GetProperty("action").GetString()!).Order().SequenceEqual(["drain", "join"]));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_as_such()
    {
        using var response = await Post("/minimal/log-in", null, new() { ["token"] = "\0rubbish" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("bad-form", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_the_page_has_not_said_itself_is_not_repeated()
    {
        var cookie = await LogIn();
        Assert.DoesNotContain("all is well", await Get("/minimal?message=all%20is%20well&proof=00", cookie), StringComparison.Ordinal);
        Assert.DoesNotContain("all is well", await Get("/minimal?message=all%20is%20well", cookie), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_break_glass_token_opens_the_page_for_a_trip_and_for_nothing_else()
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(server.Services.Directory.Path, "break-glass.token"))).Trim();
        using var response = await Post("/minimal/log-in", null, new() { ["token"] = token });
        var cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var page = await Get("/minimal?still=1", cookie);
        Assert.DoesNotContain("/minimal/cluster", page, StringComparison.Ordinal);
        using var asked = await Post("/minimal/kill/question", cookie, Form(page, "strategy/glass"));
        Assert.Equal(HttpStatusCode.Found, (await Post("/minimal/kill", cookie, Form(await asked.Content.ReadAsStringAsync(), "strategy/glass"))).StatusCode);
    }

    private async Task<string> LogIn()
    {
        using var response = await Post("/minimal/log-in", null, new() { ["token"] = server.Token("admin") });
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static Dictionary<string, string> Form(string page, string scope) => new()
    {
        ["form"] = Regex.Match(page, "name=\"form\" value=\"([^\"]+)\"").Groups[1].Value,
        ["scope"] = scope,
        ["level"] = "KILLED",
        ["reason"] = "by page",
    };

    private async Task<string> Get(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        using var response = await server.Anonymous.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> Post(string path, string? cookie, Dictionary<string, string> form, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (header is { } extra)
        {
            request.Headers.Add(extra.Name, extra.Value);
        }

        return await server.Anonymous.SendAsync(request);
    }
}
