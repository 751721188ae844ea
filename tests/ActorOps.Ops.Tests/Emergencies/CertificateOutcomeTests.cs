using System.Text.Json;
using ActorOps.Ops.Emergencies;

namespace ActorOps.Ops.Tests.Emergencies;

public class CertificateOutcomeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 14, 35, 0, TimeSpan.Zero);

    /// <summary>Every combination of what can be seen: green is only what was seen to be flat, and nothing that was not seen counts as zero.</summary>
    [Fact]
    public void Flat_is_only_what_was_seen_to_be_flat_in_every_combination()
    {
        foreach (var (orders, positions, unknown, reads, isVerified, isFlattened) in Combinations())
        {
            var seen = new Certificate([], Lines(orders), Lines(unknown), 0, reads, Now, isVerified ? Now : null)
            {
                CoversPositions = true,
                OpenPositions = positions is { } count ? [.. Enumerable.Range(0, count).Select(i => new OpenPosition("b", "a", "s", $"S{i}", -1))] : null,
                PositionsBefore = isFlattened ? ["x"] : null,
            };
            var expected = unknown > 0 || reads == 0 || positions is null ? "UNKNOWN"
                : orders > 0 || (isFlattened && positions > 0) ? "RESIDUAL"
                : !isVerified ? "UNKNOWN"
                : positions > 0 ? "ORDERS-CLEAN" : "FLAT";
            Assert.Equal(expected, seen.Outcome);
            Assert.StartsWith(expected + ", ", seen.Summary, StringComparison.Ordinal);
            Assert.NotEqual("CLEAN", seen.Outcome);
            Assert.Equal(positions > 0, seen.Summary.Contains("-1 S0", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(1, "ORDERS-CLEAN, 1 position open (-1 S0)")]
    [InlineData(2, "ORDERS-CLEAN, 2 positions open (-1 S0, -1 S1)")]
    [InlineData(12, "ORDERS-CLEAN, 12 positions open (-1 S0, -1 S1, -1 S2, -1 S3, -1 S4, -1 S5, -1 S6, -1 S7, -1 S8, -1 S9, 2 more)")]
    public void The_sentence_counts_and_names_positions(int count, string expected) => Assert.Equal(
        expected,
        new Certificate([], [], [], 0, 2, Now, Now) { CoversPositions = true, OpenPositions = [.. Enumerable.Range(0, count).Select(i => new OpenPosition("b", null, null, $"S{i}", -1))] }.Summary);

    [Fact]
    public void A_record_of_an_earlier_version_keeps_its_word_and_says_that_positions_were_not_read()
    {
        var json = File.ReadAllText(RepositoryRoot.Find("tests/ActorOps.Ops.Tests/Golden/procedures.ended.v1.json"));
        var earlier = JsonDocument.Parse(json).RootElement.GetProperty("certificate").Deserialize<Certificate>(JsonSerializerOptions.Web)!;
        Assert.Equal(("CLEAN", "CLEAN, recorded by an earlier version, which did not read positions"), (earlier.Outcome, earlier.Summary));
    }

    [Fact]
    public void A_scope_without_a_broker_and_a_broker_without_a_connection_are_unknown()
    {
        Assert.Equal("UNKNOWN", CertificateJoin.AfterSweep(null, [], ActorOps.Ops.Scopes.Scope.Strategy("s")).Outcome);
        Assert.Equal("UNKNOWN", CertificateJoin.AfterSweep(null, [CertificateJoin.NoConnection("b")], ActorOps.Ops.Scopes.Scope.Firm).Outcome);
    }

    /// <summary>One broker that is flat says nothing about another one.</summary>
    [Fact]
    public void The_worst_broker_decides_and_the_last_sweep_counts()
    {
        var flat = new Certificate([], [], [], 0, 2, Now, Now) { CoversPositions = true, OpenPositions = [] };
        var open = flat with { OpenPositions = [new OpenPosition("c", null, null, "SPY", -570)] };
        var left = flat with { OrdersAfter = ["o"], OrdersBefore = ["o"], VerifiedAt = null };
        var scope = ActorOps.Ops.Scopes.Scope.Firm;
        Assert.Equal("ORDERS-CLEAN", CertificateJoin.AfterSweep(null, [flat, open], scope).Outcome);
        Assert.Equal("RESIDUAL", CertificateJoin.AfterSweep(null, [open, left], scope).Outcome);
        Assert.Equal("UNKNOWN", CertificateJoin.AfterSweep(null, [flat, CertificateJoin.NoConnection("b")], scope).Outcome);
        var second = CertificateJoin.AfterSweep(CertificateJoin.AfterSweep(null, [left], scope), [flat], scope);
        Assert.Equal(("FLAT", 1, 4), (second.Outcome, second.OrdersBefore.Count, second.Reads));
    }

    private static List<string> Lines(int count) => [.. Enumerable.Range(0, count).Select(i => $"line {i}")];

    private static IEnumerable<(int Orders, int? Positions, int Unknown, int Reads, bool IsVerified, bool IsFlattened)> Combinations() =>
        from orders in (int[])[0, 1, 3]
        from positions in (int?[])[null, 0, 1, 3]
        from unknown in (int[])[0, 1]
        from reads in (int[])[0, 1, 4]
        from isVerified in (bool[])[false, true]
        from isFlattened in (bool[])[false, true]
        select (orders, positions, unknown, reads, isVerified, isFlattened);
}
