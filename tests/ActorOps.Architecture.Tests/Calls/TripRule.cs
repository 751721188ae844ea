using Mono.Cecil;

namespace ActorOps.Architecture.Tests.Calls;

/// <summary>What a trip may do before the gates are closed: nothing that an actor, a peer, the store, the network or another thread can hold up.</summary>
internal static class TripRule
{
    private static readonly string[] Foreign = ["ActorOps.Kernel.", "ActorOps.Cluster.", "ActorOps.Storage.Sqlite.", "ActorOps.Storage.Postgres.", "ActorOps.Ops.Peers.IPeers", "Akka.", "Npgsql.", "Microsoft.Data.", "System.Net."];

    private static readonly HashSet<string> Waits =
    [
        "Task.Wait", "Task.WaitAll", "Task.WaitAny", "Task`1.get_Result", "TaskAwaiter.GetResult", "TaskAwaiter`1.GetResult", "ConfiguredTaskAwaiter.GetResult", "ConfiguredTaskAwaiter`1.GetResult",
        "Thread.Sleep", "Thread.Join", "Monitor.Wait", "WaitHandle.WaitOne", "SemaphoreSlim.Wait", "ManualResetEventSlim.Wait", "CountdownEvent.Wait",
        "AsyncTaskMethodBuilder.AwaitUnsafeOnCompleted", "AsyncTaskMethodBuilder`1.AwaitUnsafeOnCompleted", "AsyncVoidMethodBuilder.AwaitUnsafeOnCompleted", "AsyncValueTaskMethodBuilder.AwaitUnsafeOnCompleted",
    ];

    /// <summary>The calls that break it.</summary>
    public static IReadOnlyList<string> Broken(CallGraph graph, MethodDefinition start) =>
        [.. graph.From(start).Where(call => IsForeign(call.Target) || (IsWait(call.Target) && !IsBounded(call, start))).Select(call => call.ToString()).Distinct()];

    private static bool IsForeign(MethodReference target) => Foreign.Any(name => target.DeclaringType.GetElementType().FullName.StartsWith(name, StringComparison.Ordinal));

    private static bool IsWait(MethodReference target) => Waits.Contains($"{target.DeclaringType.GetElementType().Name}.{target.Name}");

    /// <summary>The one wait that is allowed: for the latch, in the method itself, with a limit.</summary>
    private static bool IsBounded(Call call, MethodDefinition start) => call.Caller == start && call.Target.Name == "Wait" && call.Target.Parameters.Count == 1 && call.Target.Parameters[0].ParameterType.Name == "TimeSpan";
}
