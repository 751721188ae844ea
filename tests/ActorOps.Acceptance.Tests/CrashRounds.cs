using System.Collections.Concurrent;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests;

/// <summary>Trips from several callers, a kill at a random moment, a restart, and the question: does every acknowledged trip stand?</summary>
internal static class CrashRounds
{
    public static async Task RunAsync(int rounds, int seed)
    {
        Console.WriteLine($"crash rounds: {rounds}, ACTOROPS_SEED={seed}");
        var random = new Random(seed);
        await using var trading = new Trading();
        await trading.StartNodeAsync();
        var acknowledged = new ConcurrentBag<Guid>();
        for (var round = 0; round < rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var callers = Enumerable.Range(0, 4).Select(caller => TripUntilAsync(trading, $"{round}-{caller}", acknowledged, stop.Token)).ToList();
            await Task.Delay(random.Next(20, 400));
            if (round == rounds - 1)
            {
                // Rounds on a slow machine may all have ended before the first answer: they would have proved nothing.
                await Waiting.For(() => !acknowledged.IsEmpty);
            }

            await trading.Node.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(callers);
            await trading.StartNodeAsync();
            var standing = (await trading.KillSwitchAsync()).Trips.Select(trip => trip.TripId).ToHashSet();
            Assert.True(acknowledged.All(standing.Contains), $"round {round}, seed {seed}: {acknowledged.Count(id => !standing.Contains(id))} of {acknowledged.Count} acknowledged trips are missing");
        }

        Assert.NotEmpty(acknowledged);
        Assert.DoesNotContain((await trading.KillSwitchAsync()).Trips, trip => trip.Scope == "firm");
    }

    private static async Task TripUntilAsync(Trading trading, string caller, ConcurrentBag<Guid> acknowledged, CancellationToken stop)
    {
        using var client = trading.Admin;
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                var answer = await client.PostAsync(
                    "api/v1/kill-switch/trips", new TripBody($"strategy/s-{caller}-{i}", "KILLED", "round"), WireJson.Default.TripBody, WireJson.Default.TripAnswer, null, stop);
                acknowledged.Add(answer.TripId);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                // Not acknowledged: it may stand or not.
                return;
            }
        }
    }
}
