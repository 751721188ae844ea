using ActorOps.Benchmarks;
using ActorOps.Benchmarks.Kernel;

var filter = args.FirstOrDefault() ?? string.Empty;
foreach (var (name, run) in new (string Name, Func<Task> Run)[]
{
    ("gate-check", GateCheckBenchmark.RunAsync),
    ("tell", TellBenchmark.RunAsync),
    ("conversation", ConversationBenchmark.RunAsync),
    ("spawn", SpawnBenchmark.RunAsync),
    ("stream", StreamBenchmark.RunAsync),
    ("persist", PersistBenchmark.RunAsync),
    ("append", AppendBenchmark.RunAsync),
    ("cluster", ClusterBenchmark.RunAsync),
    ("link", LinkBenchmark.RunAsync),
    ("fleet", FleetBenchmark.RunAsync),
    ("supervisor-memory", SupervisorMemoryBenchmark.RunAsync),
    ("ingest", IngestBenchmark.RunAsync),
    ("breach-to-gate", BreachBenchmark.RunAsync),
    ("permit", PermitBenchmark.RunAsync),
    ("kill-command", KillCommandBenchmark.RunAsync),
})
{
    if (name.Contains(filter, StringComparison.OrdinalIgnoreCase))
    {
        await run();
    }
}
