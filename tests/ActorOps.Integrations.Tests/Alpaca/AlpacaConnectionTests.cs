using System.Net;
using System.Text;
using ActorOps.Integrations.Alpaca;
using ActorOps.Ops.Brokers;

namespace ActorOps.Integrations.Tests.Alpaca;

/// <summary>Answers as the public documentation gives them.</summary>
public sealed class AlpacaConnectionTests : IDisposable
{
    private readonly Scripted _http = new();
    private readonly AlpacaConnection _broker;

    public AlpacaConnectionTests() => _broker = new AlpacaConnection("alpaca", new AlpacaOptions { Url = "https://paper-api.example" }, TimeProvider.System, _http);

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Open_orders_are_read_page_by_page()
    {
        var all = Enumerable.Range(0, 1201).Select(i => Order($"o{i}", i)).ToList();
        _http.Answer = request =>
        {
            var query = Uri.UnescapeDataString(request.RequestUri!.Query);
            Assert.Contains("limit=500", query, StringComparison.Ordinal);
            var after = query.Contains("after=", StringComparison.Ordinal) ? DateTimeOffset.Parse(query[(query.IndexOf("after=", StringComparison.Ordinal) + 6)..], System.Globalization.CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
            return (200, "[" + string.Join(',', all.Where((_, i) => At(i) > after).Take(500)) + "]");
        };
        var orders = await _broker.OpenOrdersAsync(isUrgent: true, default);
        Assert.Equal((1201, null), (orders.Items.Count, orders.Incomplete));
        Assert.Equal((-6m, "c-o3"), (orders.Items[3].SignedQuantity, orders.Items[3].ClientOrderId));
    }

    [Fact]
    public async Task A_broker_with_smaller_pages_than_asked_for_is_read_to_its_end()
    {
        var all = Enumerable.Range(0, 120).Select(i => Order($"o{i}", i)).ToList();
        _http.Answer = request =>
        {
            var query = Uri.UnescapeDataString(request.RequestUri!.Query);
            var after = query.Contains("after=", StringComparison.Ordinal) ? DateTimeOffset.Parse(query[(query.IndexOf("after=", StringComparison.Ordinal) + 6)..], System.Globalization.CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
            return (200, "[" + string.Join(',', all.Where((_, i) => At(i) > after).Take(50)) + "]");
        };
        Assert.Equal(120, (await _broker.OpenOrdersAsync(isUrgent: true, default)).Items.Count);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_to_its_end_says_so_and_what_was_read_of_it_counts()
    {
        _http.Answer = _ => (200, "[" + string.Join(',', Enumerable.Range(0, 500).Select(i => Order($"o{i}", 0))) + "]");
        var orders = await _broker.OpenOrdersAsync(isUrgent: true, default);
        Assert.Equal(500, orders.Items.Count);
        Assert.NotNull(orders.Incomplete);
    }

    [Theory]
    [InlineData(200, "null")]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(200, """[{"id":"1","client_order_id":"1""")]
    [InlineData(302, "")]
    [InlineData(401, "{}")]
    [InlineData(429, """{"message":"too many requests"}""")]
    [InlineData(500, "")]
    public async Task An_answer_that_is_not_understood_is_none(int status, string body)
    {
        _http.Answer = _ => (status, body);
        var why = await Assert.ThrowsAsync<BrokerUnavailableException>(() => _broker.OpenOrdersAsync(isUrgent: true, default));
        Assert.Equal("alpaca", why.Broker);
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => _broker.PositionsAsync(isUrgent: true, default));
    }

    /// <summary>Ids first: what can be cancelled is listed, whatever else is odd about it.</summary>
    [Theory]
    [InlineData("""{"id":"1","symbol":"X","qty":null,"notional":"500","filled_qty":"0","side":"buy","status":"new","created_at":"2026-01-05T10:00:00Z"}""", null)]
    [InlineData("""{"id":"1","symbol":"X","qty":"many","side":"buy","status":"new","created_at":"2026-01-05T10:00:00Z"}""", null)]
    [InlineData("""{"id":"1","symbol":"X","qty":7.25,"filled_qty":"0.25","side":"sell","status":"new","created_at":"2026-01-05T10:00:00Z"}""", -7.0)]
    [InlineData("""{"id":"1","symbol":"X","qty":"1e1","side":"sell_short","status":"new","created_at":"2026-01-05T10:00:00Z"}""", -10.0)]
    [InlineData("""{"id":"1","symbol":"X","qty":"1","side":"exercise","status":"new","created_at":"2026-01-05T10:00:00Z"}""", null)]
    [InlineData("""{"id":"1","symbol":7,"qty":{"a":1},"side":[],"status":"new","created_at":"yesterday"}""", null)]
    public async Task An_order_with_odd_fields_is_listed_by_its_id(string order, double? quantity)
    {
        _http.Answer = _ => (200, $"[{order}]");
        Assert.Equal(("1", (decimal?)quantity), Assert.Single((await _broker.OpenOrdersAsync(isUrgent: true, default)).Items.Select(read => (read.OrderId, read.SignedQuantity))));
    }

    [Fact]
    public async Task An_order_without_an_id_makes_the_list_incomplete_and_hides_no_other()
    {
        _http.Answer = _ => (200, $$"""[{"symbol":"X","qty":"1"},{{Order("o1", 1)}},null]""");
        var orders = await _broker.OpenOrdersAsync(isUrgent: true, default);
        Assert.Equal("o1", Assert.Single(orders.Items).OrderId);
        Assert.Contains("without an id", orders.Incomplete, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"symbol":"X","qty":"many"}""")]
    [InlineData("""{"symbol":"X"}""")]
    [InlineData("""{"qty":"5"}""")]
    [InlineData("""{"symbol":"X","qty":"1,5"}""")]
    [InlineData("""{"symbol":"X","qty":"1e-40"}""")]
    [InlineData("""{"symbol":"X","qty":"5","side":"flat"}""")]
    [InlineData("""{"symbol":"X","qty":"-5","side":"long"}""")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task A_position_that_cannot_be_read_is_never_zero_and_hides_no_other(string position)
    {
        _http.Answer = _ => (200, $$"""[{{position}},{"symbol":"A","qty":"-570","side":"short"}]""");
        var positions = await _broker.PositionsAsync(isUrgent: true, default);
        Assert.Equal(("A", -570m), Assert.Single(positions.Items.Select(read => (read.Symbol, read.SignedQuantity))));
        Assert.NotNull(positions.Incomplete);
    }

    [Theory]
    [InlineData(204, CancelAnswer.Taken)]
    [InlineData(404, CancelAnswer.Gone)]
    [InlineData(422, CancelAnswer.Refused)]
    public async Task A_cancel_has_three_answers(int status, CancelAnswer expected)
    {
        _http.Answer = request => request.Method == HttpMethod.Delete && request.RequestUri!.AbsolutePath == "/v2/orders/a%2Fb" ? (status, "") : (400, "");
        Assert.Equal(expected, await _broker.CancelAsync("a/b", default));
    }

    [Fact]
    public async Task Positions_are_signed_and_flat_ones_left_out()
    {
        _http.Answer = _ => (200, """[{"symbol":"A","qty":"5","side":"long"},{"symbol":"B","qty":"-3","side":"short"},{"symbol":"C","qty":"4","side":"short"},{"symbol":"D","qty":"0","side":"long"},{"symbol":"E","qty":0.000000001}]""");
        Assert.Equal([("A", 5m), ("B", -3m), ("C", -4m), ("E", 0.000000001m)], (await _broker.PositionsAsync(isUrgent: true, default)).Items.Select(position => (position.Symbol, position.SignedQuantity)));
    }

    [Fact]
    public async Task Closing_sends_the_other_side_and_a_known_client_id_is_no_failure()
    {
        string? sent = null;
        _http.Answer = request =>
        {
            sent = request.Content!.ReadAsStringAsync().Result;
            return (422, """{"code":42210000,"message":"client_order_id must be unique"}""");
        };
        await _broker.CloseAsync(new BrokerPosition("main", "s", "X", -7.5m), "flat-1", default);
        Assert.Equal("""{"symbol":"X","qty":"7.5","side":"buy","type":"market","time_in_force":"day","client_order_id":"flat-1","account":"main","strategy":"s"}""", sent);
    }

    [Fact]
    public async Task Who_is_not_reached_is_unavailable()
    {
        _http.Answer = _ => throw new HttpRequestException("refused");
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => _broker.CancelAsync("1", default));
    }

    private static DateTimeOffset At(int i) => DateTimeOffset.UnixEpoch.AddSeconds(i);

    private static string Order(string id, int i) => $$"""{"id":"{{id}}","client_order_id":"c-{{id}}","symbol":"X","qty":"10","filled_qty":"4","side":"sell","status":"new","created_at":"{{At(i):O}}"}""";

    private sealed class Scripted : HttpMessageHandler
    {
        public Func<HttpRequestMessage, (int Status, string Body)> Answer { get; set; } = static _ => (500, "");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, body) = Answer(request);
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
