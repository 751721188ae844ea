using System.Globalization;

namespace ActorOps.Acceptance.Tests.Clusters;

[Trait("Needs", "Postgres")]
public class NemesisTests
{
    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("ACTOROPS_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();

    [Fact]
    public Task A_few_rounds_of_faults_break_no_law() => NemesisRounds.RunAsync(4, Seed);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Many_rounds_of_faults_break_no_law()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("ACTOROPS_SOAK_ROUNDS"), CultureInfo.InvariantCulture, out var rounds))
        {
            await NemesisRounds.RunAsync(rounds, Seed);
        }
    }
}
