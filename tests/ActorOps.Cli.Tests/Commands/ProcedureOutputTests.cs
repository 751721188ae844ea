using ActorOps.Cli.Commands;
using ActorOps.Cli.Output;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Tests.Commands;

public class ProcedureOutputTests
{
    [Theory]
    [InlineData("FLAT", 0, "32")]
    [InlineData("DONE", 0, "32")]
    [InlineData("ORDERS-CLEAN", 3, "33")]
    [InlineData("CLEAN", 3, "33")]
    [InlineData("RESIDUAL", 10, "31")]
    [InlineData("PARTIAL", 10, "31")]
    [InlineData("UNKNOWN", 11, "35")]
    [InlineData("A-WORD-OF-TOMORROW", 11, "33")]
    [InlineData(null, 8, "33")]
    public void Each_outcome_has_its_exit_code_and_its_colour(string? outcome, int exit, string colour)
    {
        Assert.Equal(exit, ProcedureOutput.ExitOf(outcome));
        Assert.Equal($"\u001b[{colour}mtext\u001b[0m", OutcomeColours.Paint("text", outcome, isColoured: true));
        Assert.Equal("text", OutcomeColours.Paint("text", outcome, isColoured: false));
    }

    [Fact]
    public void Every_open_position_is_named_with_broker_account_symbol_and_quantity()
    {
        var view = new ProcedureView(Guid.NewGuid(), "emergency", "firm", "r", "b", "p", DateTimeOffset.UnixEpoch, [])
        {
            Outcome = "ORDERS-CLEAN",
            Certificate = new CertificateView("ORDERS-CLEAN", [], [], [], 0, 2) { Summary = "ORDERS-CLEAN, 1 position open (-570 SPY)", OpenPositions = [new OpenPositionView("paper-broker", "main", "momentum", "SPY", -570m)] },
        };
        var rows = ProcedureOutput.Rows(view);
        Assert.Equal(["position", "OPEN", "paper-broker account/main strategy/momentum -570 SPY"], rows[^2]);
        Assert.Equal(["outcome", "ORDERS-CLEAN", "ORDERS-CLEAN, 1 position open (-570 SPY)"], rows[^1]);
        Assert.Equal("ORDERS-CLEAN, 1 position open (-570 SPY)", ProcedureOutput.Sentence(view));
    }
}
