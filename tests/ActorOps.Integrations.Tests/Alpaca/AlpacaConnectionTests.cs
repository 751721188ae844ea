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
        Assert.Equal(1201, orders.Count);
        Assert.Equal((-6m, "c-o3"), (orders[3].SignedQuantity, orders[3].ClientOrderId));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_to_its_end_is_not_believed()
    {
        _http.Answer = _ => (200, "[" + string.Join(',', Enumerable.Range(0, 500).Select(i => Order($"o{i}", 0))) + "]");
        await Assert.ThrowsAsync<BrokerUnavailableException>(() => _broker.OpenOrdersAsync(isUrgent: true, default));
    }

    [Theory]
    [InlineData(200, "null")]
    [InlineData(200, "<html>")]
    [InlineData(200, """[{"id":"1","client_order_id":"1","symbol":"X","qty":"many","filled_qty":"0","side":"buy","status":"new"}]""")]
    [InlineData(401, "{}")]
    [InlineData(429, """{"message":"too many requests"}""")]
    [InlineData(500, "")]
    public async Task An_answer_that_is_not_understood_is_none(int status, string body)
    {
        _http.Answer = _ => (status, body);
        var why = await Assert.ThrowsAsync<BrokerUnavailableException>(() => _broker.OpenOrdersAsync(isUrgent: true, default));
        Assert.Equal("alpaca", why.Broker);
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
        _http.Answer = _ => (200, """[{"symbol":"A","qty":"5","side":"long"},{"symbol":"B","qty":"-3","side":"short"},{"symbol":"C","qty":"4","side":"short"},{"symbol":"D","qty":"0","side":"long"}]""");
        Assert.Equal([("A", 5m), ("B", -3m), ("C", -4m)], (await _broker.PositionsAsync(default)).Select(position => (position.Symbol, position.SignedQuantity)));
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
