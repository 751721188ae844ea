using System.Text;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Tests.Signals;

public class SignalReaderTests
{
    private static readonly SignalSource Source = new() { Desk = "d", Principal = 7, NowMs = 1000, WallMs = DateTimeOffset.Parse("2026-01-05T14:30:00Z").ToUnixTimeMilliseconds() };

    [Fact]
    public void A_tick_carries_price_sequence_and_exchange_time()
    {
        var (refusal, signal, first, _) = Read("""{"type":"tick","at":"2026-01-05T14:30:00.100Z","feed":"f","symbol":"SPY","bid":"99.5","ask":100.5,"seq":42,"exchangeAt":"2026-01-05T14:30:00.050Z"}""");
        Assert.False(refusal.IsRefused, refusal.Detail);
        Assert.Equal((SignalType.Tick, 100.0, 42L, 50L), (signal.Type, signal.Price, signal.Sequence, signal.AtMs - signal.OriginMs));
        Assert.Equal("f", first!.Id.Id);
        Assert.False(signal.Skewed);
    }

    [Fact]
    public void A_fill_goes_to_its_strategy_and_its_broker()
    {
        var (refusal, signal, first, second) = Read("""{"type":"fill","fillId":"x1","orderId":"o\u0031","strategy":"s","broker":"b","account":"a","symbol":"SPY","side":"sell","qty":"10","price":1.5,"arrivalPrice":1.4,"simulatedPrice":1.45}""");
        Assert.False(refusal.IsRefused, refusal.Detail);
        Assert.Equal(("s", "b", "o1", false, 1.45), (first!.Id.Id, second!.Id.Id, signal.Detail!.OrderId, signal.Detail.Buy, signal.SimulatedPrice));
        Assert.True(signal.Skewed, "a line without a time is flagged");
    }

    [Fact]
    public void A_clock_ten_years_off_is_flagged_and_the_receive_time_counts()
    {
        var (_, signal, _, _) = Read("""{"type":"heartbeat","kind":"strategy","id":"s","at":"2036-01-05T14:30:00Z"}""");
        Assert.True(signal.Skewed);
        Assert.Equal(Source.WallMs, signal.AtMs);
    }

    [Theory]
    [InlineData(0L, "14:29:00Z", false)]
    [InlineData(-4000L, "14:30:03Z", false)]
    [InlineData(0L, "14:30:06Z", true)]
    [InlineData(6000L, "14:30:00Z", true)]
    [InlineData(-3600_000L, "13:30:00Z", true)]
    [InlineData(null, "14:29:58Z", false)]
    [InlineData(null, "14:29:54Z", true)]
    public void An_old_line_of_a_sender_with_a_good_clock_is_late_and_not_flagged(long? clockAheadMs, string at, bool isFlagged)
    {
        var source = new SignalSource { Desk = "d", NowMs = 1000, WallMs = Source.WallMs, ClockAheadMs = clockAheadMs };
        var (_, signal, _, _) = Read($$"""{"type":"pnl","strategy":"s","realized":1,"unrealized":0,"at":"2026-01-05T{{at}}"}""", source);
        Assert.Equal(isFlagged, signal.Skewed);
        Assert.Equal(isFlagged ? source.WallMs : DateTimeOffset.Parse($"2026-01-05T{at}").ToUnixTimeMilliseconds(), signal.AtMs);
    }

    [Theory]
    [InlineData("2026-01-05T14:30:00.500Z", "2026-01-05T14:30:00.480Z")]
    [InlineData("2026-01-05T16:30:00.500Z", "2026-01-05T16:30:00.480Z")]
    [InlineData("2026-01-05T14:29:50.500Z", "2026-01-05T14:29:50.480Z")]
    public void How_long_an_order_took_is_measured_by_one_clock_however_late_or_wrong(string at, string submittedAt)
    {
        var (refusal, signal, _, _) = Read($$"""{"type":"order","orderId":"o","strategy":"s","broker":"b","side":"buy","qty":1,"state":"acknowledged","at":"{{at}}","submittedAt":"{{submittedAt}}"}""");
        Assert.False(refusal.IsRefused, refusal.Detail);
        Assert.Equal(20, signal.AtMs - signal.OriginMs);
    }

    [Theory]
    [InlineData("""{"type":"pnl","strategy":"s","realized":1""", "bad-json", "")]
    [InlineData("[1,2]", "bad-json", "object")]
    [InlineData("""{"type":"pnl"} {"x":1}""", "bad-json", "")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":NaN,"unrealized":0}""", "bad-json", "")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":"NaN","unrealized":0}""", "bad-value", "realized")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":1e999,"unrealized":0}""", "bad-value", "realized")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":1.7e308,"unrealized":0}""", "bad-value", "\"realized\" is 1.7e308 and must be a number from -1e13 to 1e13 (account currency)")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":0,"unrealized":"-1.7e308"}""", "bad-value", "unrealized")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":10000000000001,"unrealized":0}""", "bad-value", "realized")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":5}""", "bad-value", "unrealized")]
    [InlineData("""{"type":"operation","kind":"broker","id":"b","count":1e300,"errors":0}""", "bad-value", "count")]
    [InlineData("""{"type":"tick","feed":"f","symbol":"X","last":1e200}""", "bad-value", "last")]
    [InlineData("""{"type":"tick","feed":"f","symbol":"","last":1}""", "bad-value", "symbol")]
    [InlineData("""{"type":"order","orderId":"o","strategy":"s","broker":"b","side":"buy","qty":1e16,"state":"new"}""", "bad-value", "qty")]
    [InlineData("""{"type":"fill","fillId":"x","strategy":"s","broker":"b","side":"buy","qty":1,"price":1e13}""", "bad-value", "price")]
    [InlineData("""{"type":"metric","kind":"component","id":"c","name":"n","value":1e16}""", "bad-value", "value")]
    [InlineData("""{"type":"pnl","strategy":"nobody","realized":1,"unrealized":0}""", "unknown-target", "nobody")]
    [InlineData("""{"type":"pnl","realized":1,"unrealized":0}""", "missing-field", "strategy")]
    [InlineData("""{"type":"rumour"}""", "unknown-type", "rumour")]
    [InlineData("""{"at":"2026-01-05T14:30:00Z"}""", "missing-field", "type")]
    [InlineData("""{"type":"tick","feed":"f","symbol":"X","last":-1}""", "bad-value", "last")]
    [InlineData("""{"type":"order","orderId":"o","strategy":"s","broker":"b","side":"buy","qty":0,"state":"new"}""", "bad-value", "qty")]
    [InlineData("""{"type":"order","orderId":"o","strategy":"s","broker":"b","side":"hold","qty":1,"state":"new"}""", "bad-value", "side")]
    [InlineData("""{"type":"order","orderId":"o","strategy":"s","broker":"b","side":"buy","qty":1,"state":"lost"}""", "bad-value", "state")]
    [InlineData("""{"type":"operation","kind":"broker","id":"b","count":5,"errors":6}""", "bad-value", "errors")]
    [InlineData("""{"type":"heartbeat","kind":"scope","id":"firm"}""", "bad-value", "kind")]
    [InlineData("""{"type":"heartbeat","kind":"strategy","id":"s","at":"yesterday"}""", "bad-value", "at")]
    [InlineData("""{"type":"heartbeat","kind":"strategy","id":"foreign"}""", "forbidden-target", "foreign")]
    [InlineData("""{"type":"feature","model":"none","values":{}}""", "unknown-target", "none")]
    public void A_bad_line_is_refused_with_its_code_and_place(string line, string code, string place)
    {
        var (refusal, _, _, _) = Read(line);
        Assert.Equal(code, refusal.Code);
        Assert.Contains(place, refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"pnl","strategy":"s","realized":1,"unrealized":0,"equity":-5}""", "equity")]
    [InlineData("""{"type":"pnl","strategy":"s","realized":1,"unrealized":0,"equity":1e300}""", "equity")]
    [InlineData("""{"type":"tick","feed":"f","symbol":"X","last":100,"size":-3}""", "size")]
    [InlineData("""{"type":"tick","feed":"f","symbol":"X","last":1,"seq":-4}""", "seq")]
    [InlineData("""{"type":"tick","feed":"f","symbol":"X","last":1e99,"bid":1,"ask":2}""", "last")]
    [InlineData("""{"type":"heartbeat","kind":"strategy","id":"s","rttMs":1e300}""", "rttMs")]
    [InlineData("""{"type":"operation","kind":"broker","id":"b","count":1,"errors":0,"latencyMs":-1}""", "latencyMs")]
    [InlineData("""{"type":"fill","fillId":"x","strategy":"s","broker":"b","side":"buy","qty":1,"price":1,"arrivalPrice":"Infinity"}""", "arrivalPrice")]
    [InlineData("""{"type":"prediction","strategy":"s","model":"m","version":"1","score":0.5,"label":2,"predictionId":"p"}""", "label")]
    public void A_bad_number_that_a_line_can_do_without_is_refused_alone(string line, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var reader = new SignalReader();
        var refusal = reader.Read(bytes, Source, Targets(), out var signal, out _, out _);
        Assert.False(refusal.IsRefused, refusal.Detail);
        var warning = Assert.Single(reader.Warnings(bytes, 4));
        Assert.Equal((4, field, "bad-value"), (warning.Line, warning.Field, warning.Code));
        Assert.Contains($"\"{field}\" is ", warning.Detail, StringComparison.Ordinal);
        Assert.True(!double.IsFinite(signal.Equity) || field is not ("equity" or "rttMs" or "latencyMs" or "arrivalPrice"), "what was refused is not a figure");
    }

    [Fact]
    public void Every_number_of_a_signal_has_bounds_in_the_table_and_in_the_reference()
    {
        SignalField[] texts = [SignalField.Type, SignalField.At, SignalField.Kind, SignalField.Id, SignalField.Strategy, SignalField.OrderId, SignalField.Broker, SignalField.Account, SignalField.Symbol, SignalField.Side, SignalField.State,
            SignalField.SubmittedAt, SignalField.Version, SignalField.FillId, SignalField.Feed, SignalField.ExchangeAt, SignalField.Source, SignalField.Model, SignalField.PredictionId, SignalField.Name, SignalField.Code, SignalField.Message];
        SignalField[] nested = [SignalField.Values];
        var reference = File.ReadAllText(Path.Combine(Root(), "docs", "reference", "signals.md"));
        var rows = reference[reference.IndexOf("## Bounds", StringComparison.Ordinal)..];
        foreach (var field in Enum.GetValues<SignalField>().Except(texts).Except(nested).Where(field => field != SignalField.Unknown))
        {
            var bound = Assert.NotNull(SignalBounds.Of(field));
            Assert.True(double.IsFinite(bound.Least) && double.IsFinite(bound.Most) && bound.Least < bound.Most, $"{field}");
            var row = Assert.Single(rows.Split('\n'), row => row.StartsWith('|') && row.Contains($"`{SignalFields.NameOf(field)}`", StringComparison.Ordinal));
            Assert.Contains($"| {SignalBound.Text(bound.Least)} to {SignalBound.Text(bound.Most)} |", row, StringComparison.Ordinal);
        }
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "ActorOps.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    [Theory]
    [InlineData("""{"type":"heartbeat","kind":"component","id":"c","rttMs":3}""")]
    [InlineData("""{"type":"metric","kind":"component","id":"c","name":"depth","value":3}""")]
    [InlineData("""{"type":"error","kind":"strategy","id":"s","code":"E1","message":"boom"}""")]
    [InlineData("""{"type":"prediction","strategy":"s","model":"m","version":"1","score":0.5,"predictionId":"p"}""")]
    [InlineData("""{"type":"feature","model":"m","version":"1","values":{"a":1,"b":[2]}}""")]
    [InlineData("""{"type":"position","account":"a","symbol":"SPY","qty":-5,"avgPrice":1,"source":"own"}""")]
    [InlineData("""{"type":"heartbeat","future":{"nested":[1,{"x":2}]},"kind":"strategy","id":"s"}""")]
    public void Every_type_and_unknown_fields_are_accepted(string line) => Assert.False(Read(line).Refusal.IsRefused, Read(line).Refusal.Detail);

    private static (SignalRefusal Refusal, Signal Signal, SignalTarget? First, SignalTarget? Second) Read(string line, SignalSource? source = null)
    {
        var refusal = new SignalReader().Read(Encoding.UTF8.GetBytes(line), source ?? Source, Targets(), out var signal, out var first, out var second);
        return (refusal, signal, first, second);
    }

    internal static SignalTargets Targets(Action? wake = null, int capacity = 1000)
    {
        var desk = new Desk("d", "eu", "USD", 1000)
        {
            Accounts = [new DeskAccount("a", "b", 1000)],
            Strategies = [new DeskStrategy("s", "a", "f", 1000, "m")],
        };
        SignalTarget Target(TargetKind kind, string id, string owner = "d") => new(new TargetId(kind, id), owner, "shard/eu/00", new SignalInbox(capacity, wake ?? (() => { })));
        return new SignalTargets(
            [Target(TargetKind.Strategy, "s"), Target(TargetKind.Feed, "f"), Target(TargetKind.Broker, "b"), Target(TargetKind.Component, "c"), Target(TargetKind.Strategy, "foreign", "other")], [desk]);
    }
}
