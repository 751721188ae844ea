using System.Diagnostics;

namespace ActorOps.Benchmarks;

/// <summary>`actorops kill --now` from process start to its end, beside the same program answering a usage error.</summary>
internal static class KillCommandBenchmark
{
    public static async Task RunAsync()
    {
        var cli = Path.Combine(FindRoot(), "artifacts/publish/actorops");
        if (!File.Exists(cli))
        {
            Console.WriteLine("bench kill-command: left out, run ./build.sh publish first");
            return;
        }

        await using var node = await BenchNode.StartAsync();
        var token = Path.Combine(node.Folder, "admin.token");
        List<double> kill = [], bare = [];
        for (var i = 0; i < 25; i++)
        {
            bare.Add(await TimeAsync(cli, 2, "kill", "--nonsense"));
            kill.Add(await TimeAsync(cli, 0, "kill", "trip", "--now", "--scope", $"symbol/S{i}", "--server", node.Url.ToString(), "--token-file", token));
        }

        Figures.Print("kill-command-p50", Figures.Percentile(kill, 0.5), "ms", "process_start", Figures.Percentile(bare, 0.5));
        Figures.Print("kill-command-p95", Figures.Percentile(kill, 0.95), "ms", "process_start", Figures.Percentile(bare, 0.95));
    }

    private static async Task<double> TimeAsync(string program, int expected, params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == expected ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ActorOps.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No ActorOps.sln above the benchmarks.");
    }
}
