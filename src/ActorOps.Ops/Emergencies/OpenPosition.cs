using System.Globalization;
using System.Text.Json.Serialization;
using ActorOps.Ops.Brokers;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Emergencies;

/// <summary>A position that a broker showed, as a certificate names it.</summary>
/// <param name="Broker">Broker.</param>
/// <param name="Account">Account; null: the broker does not say.</param>
/// <param name="Strategy">Strategy; null: the broker does not say.</param>
/// <param name="Symbol">Symbol, in the broker's spelling.</param>
/// <param name="Quantity">Signed quantity, above 0: long.</param>
public sealed record OpenPosition(string Broker, string? Account, string? Strategy, string Symbol, decimal Quantity)
{
    /// <summary>Quantity and symbol, such as <c>-570 SPY</c>.</summary>
    [JsonIgnore]
    public string Short => $"{Amount(Quantity)} {Symbol}";

    /// <summary>Everything, such as <c>paper-broker main momentum SPY -570</c>.</summary>
    [JsonIgnore]
    public string Line => string.Join(' ', ((string?[])[Broker, Account, Strategy, Symbol, Amount(Quantity)]).OfType<string>());

    internal static OpenPosition Of(string broker, BrokerPosition position) => new(broker, Cleaned(position.Account), Cleaned(position.Strategy), SafeText.Clean(position.Symbol, 64), position.SignedQuantity);

    /// <summary>With its sign, and with every digit that it has.</summary>
    internal static string Amount(decimal quantity) => quantity.ToString("+0.############################;-0.############################;0", CultureInfo.InvariantCulture);

    private static string? Cleaned(string? text) => text is null ? null : SafeText.Clean(text, 64);
}
