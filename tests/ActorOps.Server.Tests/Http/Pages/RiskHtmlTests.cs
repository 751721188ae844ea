using ActorOps.Client.Wire;
using ActorOps.Server.Http.Pages;

namespace ActorOps.Server.Tests.Http.Pages;

public class RiskHtmlTests
{
    [Theory]
    [InlineData("FLAT", "Healthy")]
    [InlineData("ORDERS-CLEAN", "Warning")]
    [InlineData("CLEAN", "Warning")]
    [InlineData("RESIDUAL", "Critical")]
    [InlineData("UNKNOWN", "Unknown")]
    public void Each_outcome_has_its_colour_and_only_flat_is_green(string outcome, string colour) =>
        Assert.Contains($"<span class=\"{colour}\">{outcome}</span>", RiskHtml.Procedures([View(outcome)]), StringComparison.Ordinal);

    [Fact]
    public void Open_positions_are_named_and_a_brokers_text_is_text()
    {
        var html = RiskHtml.Procedures([View("ORDERS-CLEAN")]);
        Assert.Contains("ORDERS-CLEAN, 1 position open (-570 &lt;b&gt;)", html, StringComparison.Ordinal);
        Assert.Contains("paper-broker main momentum <strong>&lt;b&gt; -570</strong>", html, StringComparison.Ordinal);
    }

    private static ProcedureView View(string outcome) => new(Guid.NewGuid(), "emergency", "firm", "r", "b", "p", DateTimeOffset.UnixEpoch, [])
    {
        Outcome = outcome,
        Certificate = new CertificateView(outcome, [], [], [], 0, 2) { Summary = "ORDERS-CLEAN, 1 position open (-570 <b>)", OpenPositions = [new OpenPositionView("paper-broker", "main", "momentum", "<b>", -570)] },
    };
}
