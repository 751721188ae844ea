using System.CommandLine;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Output;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

internal static class FeedCommands
{
    private static readonly string[] Heads = ["FEED", "DESK", "IN USE", "BACKUP", "VERDICT", "LAST TICK"];

    public static Command Build(Terminal terminal)
    {
        var feed = new Command("feed", "Market data feeds.");
        feed.Subcommands.Add(CommandContext.Act(new Command("list", "Every feed and which one is in use for it."), terminal, async context =>
        {
            var view = await context.Client.GetAsync("api/v1/feeds", WireJson.Default.ItemsViewFeedView).ConfigureAwait(false);
            return context.Show(view, WireJson.Default.ItemsViewFeedView, Heads, view.Items.Select(Row));
        }));
        var id = new Argument<string>("feed") { Description = "Id of the feed." };
        feed.Subcommands.Add(CommandContext.Act(new Command("check", "One feed; exit 1 unless it is Healthy.") { id }, terminal, async context =>
        {
            var view = await context.Client.GetAsync($"api/v1/feeds/{Uri.EscapeDataString(context.Parsed.GetValue(id)!)}", WireJson.Default.FeedView).ConfigureAwait(false);
            context.Show(view, WireJson.Default.FeedView, Heads, [Row(view)]);
            return view.Verdict == "Healthy" ? ExitCodes.Done : ExitCodes.Failed;
        }));
        var to = new Option<string>("--to") { Description = "backup, primary or a feed's id.", Required = true };
        feed.Subcommands.Add(CommandContext.Act(new Command("switch", "Switches the strategies on a feed to another feed.") { id, to }, terminal, async context =>
        {
            var name = context.Parsed.GetValue(id)!;
            if (context.Confirm(name, $"every desk on {name} is switched to {context.Parsed.GetValue(to)}") is { } stop)
            {
                return stop;
            }

            var body = new FeedSwitchBody(context.Parsed.GetValue(to)!, context.Reason);
            var view = await context.Client.PostAsync($"api/v1/feeds/{Uri.EscapeDataString(name)}/switch", body, WireJson.Default.FeedSwitchBody, WireJson.Default.FeedView, context.IdempotencyKey).ConfigureAwait(false);
            return context.Show(view, WireJson.Default.FeedView, Heads, [Row(view)]);
        }));
        return feed;
    }

    private static string?[] Row(FeedView feed) =>
        [feed.Feed, feed.Desk, feed.InUse, feed.Backup, feed.Verdict, AgeText.Of(feed.LastTickAgeMs, feed.UnknownSince)];
}
