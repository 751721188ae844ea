using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Ops.Brokers;

namespace ActorOps.Integrations.Alpaca;

/// <summary>
/// A broker behind the Alpaca trading API, version 2. Lists are read page by page until nothing new comes; what cannot be read to its end, or has an element
/// that cannot be read, says so. An answer that is not a list counts as no answer. No redirect is followed: keys go to the configured address alone.
/// </summary>
/// <remarks>Source: the public documentation of the Alpaca trading API; states that end an order are filled, canceled, expired, rejected and replaced.</remarks>
public sealed class AlpacaConnection : IBrokerConnection, IDisposable
{
    private const int PageSize = 500;
    private const int MostPages = 100;
    private const int LargestAnswer = 16 * 1024 * 1024;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);
    private readonly HttpClient _http;
    private readonly RateBudget _budget;

    /// <summary>A connection to a broker of the registry.</summary>
    /// <param name="broker">Its id there.</param>
    /// <param name="options">Where it is.</param>
    /// <param name="time">Clock.</param>
    /// <param name="handler">What requests go through; null: the usual one.</param>
    public AlpacaConnection(string broker, AlpacaOptions options, TimeProvider time, HttpMessageHandler? handler = null)
    {
        Broker = broker;
        _budget = new RateBudget(options.RequestsPerMinute, options.ReservedShare, time);
        _http = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = AnswerWithin, PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(options.Url),
            Timeout = AnswerWithin,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        foreach (var (name, file) in (ReadOnlySpan<(string, string)>)[("APCA-API-KEY-ID", options.KeyFile), ("APCA-API-SECRET-KEY", options.SecretFile)])
        {
            if (file.Length > 0)
            {
                _http.DefaultRequestHeaders.Add(name, File.ReadAllText(file).Trim());
            }
        }
    }

    /// <inheritdoc/>
    public string Broker { get; }

    /// <inheritdoc/>
    public async Task<BrokerList<BrokerOrder>> OpenOrdersAsync(bool isUrgent, CancellationToken cancellation)
    {
        var orders = new Dictionary<string, BrokerOrder>();
        string? incomplete = null;
        DateTimeOffset? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = $"v2/orders?status=open&direction=asc&limit={PageSize}{(after is { } from ? $"&after={Uri.EscapeDataString(from.ToString("O", CultureInfo.InvariantCulture))}" : string.Empty)}";
            var read = await ReadAsync(path, isUrgent, AlpacaJson.Default.AlpacaOrder, cancellation).ConfigureAwait(false);
            var known = orders.Count;
            foreach (var (order, why) in read.Select(AlpacaReading.Order))
            {
                incomplete ??= why;
                if (order is not null)
                {
                    orders[order.OrderId] = order;
                }
            }

            // A page may be shorter than was asked for and still not be the last: the end is where nothing new comes.
            if (orders.Count == known)
            {
                var isFull = read.Count >= PageSize;
                return new BrokerList<BrokerOrder>([.. orders.Values]) { Incomplete = incomplete ?? (isFull ? $"{PageSize} orders of one moment fill a page, and the list cannot be read further" : null) };
            }

            if (read[^1]?.CreatedAt is not { } last)
            {
                return new BrokerList<BrokerOrder>([.. orders.Values]) { Incomplete = incomplete ?? "an order without created_at: the list cannot be read further" };
            }

            // Orders of one moment may stand on both pages.
            after = last.AddMilliseconds(-1);
        }

        return new BrokerList<BrokerOrder>([.. orders.Values]) { Incomplete = $"more than {MostPages} pages of open orders" };
    }

    /// <inheritdoc/>
    public async Task<CancelAnswer> CancelAsync(string orderId, CancellationToken cancellation)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"v2/orders/{Uri.EscapeDataString(orderId)}"), isUrgent: true, cancellation).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.NotFound => CancelAnswer.Gone,
            HttpStatusCode.UnprocessableEntity => CancelAnswer.Refused,
            _ when answer.IsSuccessStatusCode => CancelAnswer.Taken,
            _ => throw await WhyAsync(answer, cancellation).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    public async Task<BrokerList<BrokerPosition>> PositionsAsync(bool isUrgent, CancellationToken cancellation)
    {
        var read = (await ReadAsync("v2/positions", isUrgent, AlpacaJson.Default.AlpacaPosition, cancellation).ConfigureAwait(false)).Select(AlpacaReading.Position).ToList();
        return new BrokerList<BrokerPosition>([.. read.Select(one => one.Position).OfType<BrokerPosition>()]) { Incomplete = read.Select(one => one.Why).OfType<string>().FirstOrDefault() };
    }

    /// <inheritdoc/>
    public async Task CloseAsync(BrokerPosition position, string clientOrderId, CancellationToken cancellation)
    {
        var quantity = Math.Abs(position.SignedQuantity).ToString(CultureInfo.InvariantCulture);
        var order = new AlpacaNewOrder(position.Symbol, quantity, position.SignedQuantity > 0 ? "sell" : "buy", "market", "day", clientOrderId, position.Account, position.Strategy);
        using var content = new StringContent(JsonSerializer.Serialize(order, AlpacaJson.Default.AlpacaNewOrder), Encoding.UTF8, "application/json");
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, "v2/orders") { Content = content }, isUrgent: true, cancellation).ConfigureAwait(false);

        // A client id that it knows is refused: then the order is there already.
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.UnprocessableEntity)
        {
            throw await WhyAsync(answer, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<List<T?>> ReadAsync<T>(string path, bool isUrgent, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), isUrgent, cancellation).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw await WhyAsync(answer, cancellation).ConfigureAwait(false);
        }

        try
        {
            return AlpacaReading.Elements(await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false), type);
        }
        catch (Exception error) when (error is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            throw new BrokerUnavailableException(Broker, $"{path} gave an answer that cannot be read: {error.Message}", error);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool isUrgent, CancellationToken cancellation)
    {
        using (request)
        {
            await _budget.TakeAsync(isUrgent, cancellation).ConfigureAwait(false);
            try
            {
                return await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpRequestException or IOException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                throw new BrokerUnavailableException(Broker, $"no answer from {_http.BaseAddress}: {error.Message}", error);
            }
        }
    }

    private async Task<BrokerUnavailableException> WhyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        return new BrokerUnavailableException(Broker, $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery} answered {(int)answer.StatusCode}: {(text.Length > 200 ? text[..200] : text)}");
    }
}
