using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.KillSwitches;

public class TripWordsTests
{
    [Theory]
    [InlineData(TradingState.Killed, null, null, false, "TRIP KILLED")]
    [InlineData(TradingState.Active, null, 0.5, false, "SIZE CAP 50 % of normal size")]
    [InlineData(TradingState.Active, 0.005, null, false, "SIZE CAP 0.5 % of AUM")]
    [InlineData(TradingState.Active, null, 0.1, true, "SIZE CAP 10 % of normal size (recovery)")]
    [InlineData(TradingState.ReduceOnly, null, null, true, "RECOVERY REDUCE_ONLY")]
    [InlineData(TradingState.CancelOnly, null, 0.1, false, "TRIP CANCEL_ONLY, SIZE CAP 10 % of normal size")]
    public void A_cap_is_called_a_cap_and_has_its_unit(TradingState level, double? fraction, double? factor, bool isRecovery, string words) =>
        Assert.Equal(words, TripWords.Of(level, fraction, factor, isRecovery));
}
