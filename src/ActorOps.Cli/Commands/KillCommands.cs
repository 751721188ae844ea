using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>The slower half of <c>kill</c>: status, and the way back. Trips go the short way.</summary>
internal static class KillCommands
{
    public static Command Build(Terminal terminal)
    {
        var kill = KillOptions.AddTo(new Command("kill", "Trips the kill switch for the whole firm, after one question."), terminal);
        kill.Subcommands.Add(KillOptions.AddTo(new Command("trip", "Trips a scope."), terminal));
        kill.Subcommands.Add(CommandContext.Act(new Command("status", "States, standing trips and waiting resets."), terminal, StatusAsync));
        foreach (var command in ResetCommands.Build(terminal))
        {
            kill.Subcommands.Add(command);
        }

        return kill;
    }

    private static async Task<int> StatusAsync(CommandContext context)
    {
        var view = await context.Client.GetAsync("api/v1/kill-switch", WireJson.Default.KillSwitchView).ConfigureAwait(false);
        var rows = view.Effective.Select(scope => new[] { scope.Scope, scope.Level, $"in force: {scope.Cause}".TrimEnd(' ', ':'), scope.Since is { } since ? $"since {since:u}" : null, scope.Why })
            .Concat(view.Trips.Select(trip => new[] { trip.Scope, trip.Word ?? trip.Level, $"trip {trip.TripId}", $"{trip.By} {trip.At:u}", $"{trip.Reason} ({SourcesOf(trip)})" }))
            .Concat(view.Resets.Select(reset => new[] { "reset", "WAITING", $"{reset.ResetId}", $"{reset.Person} until {reset.ExpiresAt:u}", reset.RootCause }))
            .Concat(view.Changes.Select(change => new[] { change.Kind, change.InForce ? "IN FORCE" : "WAITING", $"{change.ChangeId} {change.Summary}", $"{change.Person}{(change.EndsAt is { } end ? $" until {end:u}" : string.Empty)}", change.Reason }));
        return context.Show(view, WireJson.Default.KillSwitchView, ["SCOPE", "LEVEL", "WHAT", "BY", "WHY"], rows);
    }

    private static string SourcesOf(TripView trip) =>
        trip.Causes is { Count: > 1 } causes ? string.Join(", ", causes.Select(cause => cause.Source).Distinct()) : trip.Source;
}
