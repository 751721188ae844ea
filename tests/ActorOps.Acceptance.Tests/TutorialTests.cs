using ActorOps.Acceptance.Tests.Harness;

namespace ActorOps.Acceptance.Tests;

/// <summary>A new user: the tutorial from top to bottom, with its commands as they stand in the document.</summary>
public class TutorialTests
{
    private const string Document = "docs/tutorial/first-desk.md";

    [Fact]
    public async Task The_tutorial_leads_to_its_end()
    {
        await using var tutorial = new Tutorial();
        Authenticator? bob = null;
        foreach (var (heading, command) in DocumentedCommands.Read(Document))
        {
            var filled = await FillAsync(tutorial, command, bob);
            var (code, output) = await tutorial.DoAsync(filled);

            // 3: something needs a person. 7: waits for an approval.
            Assert.True(code is 0 or 3 or 7, $"{heading}: {filled} ended with {code}:\n{output}\n{tutorial.Running?.Output}");
            if (command.Contains("access enroll", StringComparison.Ordinal))
            {
                bob = new Authenticator(output.Split(['\n', ' '], StringSplitOptions.TrimEntries).Single(word => word.StartsWith("otpauth://", StringComparison.Ordinal)));
            }

            await ReachedAsync(tutorial, heading, command);
        }
    }

    [Fact]
    public async Task A_run_that_does_not_understand_an_argument_ends_with_2_before_anything_starts()
    {
        await using var tutorial = new Tutorial();
        foreach (var arguments in (string[])["--frehs", "--fault nonsense@3s", "--set actorops.htpp.port=1", "--set nonsense", "--config nowhere.conf", "--fresh --speed fast"])
        {
            Directory.CreateDirectory(tutorial.Data);
            var (code, output) = await tutorial.DoAsync($"bash ./build.sh run {arguments}");
            Assert.True(code == 2, $"{arguments}: {code}\n{output}");
            Assert.Empty(Directory.GetFileSystemEntries(tutorial.Data));
        }
    }

    [Fact]
    public async Task Starting_over_moves_the_old_data_aside_and_says_where_and_a_drill_says_so()
    {
        await using var tutorial = new Tutorial();
        Directory.CreateDirectory(tutorial.Data);
        File.WriteAllText(Path.Combine(tutorial.Data, "mark"), "old");
        var (_, output) = await tutorial.DoAsync("./build.sh run --fresh --drill");
        var aside = output.Split('\n').Single(line => line.StartsWith("starting over: the old data is in ", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.Equal("old", File.ReadAllText(Path.Combine(tutorial.Folder, aside, "mark")));
        Assert.False(File.Exists(Path.Combine(tutorial.Data, "mark")));
        await tutorial.Running!.ExpectAsync("DRILL");

        // Not under a node that is running.
        Assert.Equal(1, (await tutorial.DoAsync("bash ./build.sh run --fresh")).Code);
    }

    private static async Task<string> FillAsync(Tutorial tutorial, string command, Authenticator? bob)
    {
        if (command.Contains("TRIP", StringComparison.Ordinal))
        {
            command = command.Replace("TRIP", (await tutorial.KillSwitchAsync()).Trips.Single().TripId.ToString(), StringComparison.Ordinal);
        }

        if (command.Contains("RESET", StringComparison.Ordinal))
        {
            command = command.Replace("RESET", (await tutorial.KillSwitchAsync()).Resets.Single().ResetId.ToString(), StringComparison.Ordinal);
        }

        return command.Contains("123456", StringComparison.Ordinal) ? command.Replace("123456", bob!.Next(), StringComparison.Ordinal) : command;
    }

    /// <summary>What the document says that happens then.</summary>
    private static async Task ReachedAsync(Tutorial tutorial, string heading, string command)
    {
        if (command.StartsWith("./build.sh run", StringComparison.Ordinal))
        {
            await tutorial.Running!.ExpectAsync("gate momentum: ACTIVE", TimeSpan.FromSeconds(60));
        }

        if (heading.StartsWith("3.", StringComparison.Ordinal))
        {
            await tutorial.Running!.ExpectAsync("switched from spy-primary to spy-backup", TimeSpan.FromSeconds(60));
        }
        else if (heading.StartsWith("4.", StringComparison.Ordinal))
        {
            await tutorial.Running!.ExpectAsync("gate momentum: KILLED", TimeSpan.FromSeconds(60));
        }
        else if (command.Contains("kill --now", StringComparison.Ordinal))
        {
            var trip = (await tutorial.KillSwitchAsync()).Trips.Single();
            Assert.Equal(("firm", "KILLED"), (trip.Scope, trip.Level));
        }
        else if (command.Contains("kill approve", StringComparison.Ordinal))
        {
            await Waiting.For(async () => (await tutorial.KillSwitchAsync()).Trips.Count == 0, TimeSpan.FromSeconds(90));
        }
        else if (command.StartsWith("kill -9", StringComparison.Ordinal))
        {
            await tutorial.Running!.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}
