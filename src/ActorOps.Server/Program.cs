using ActorOps.Cluster.Nodes;
using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;
using ActorOps.Storage;

namespace ActorOps.Server;

internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (!NodeArguments.TryParse(arguments, Environment.GetEnvironmentVariable("ACTOROPS_CONFIG"), out var parsed, out var problem))
        {
            await Console.Error.WriteLineAsync($"{problem}\nusage: actorops-node [--config FILE] [--set key=value]... [--supervise | --check | --verify-backup FILE | --restore-backup FILE]").ConfigureAwait(false);
            return 2;
        }

        if (parsed.VerifyBackup is { } verified)
        {
            return OfflineBackup.Verify(verified, Console.Out, Console.Error);
        }

        foreach (var warning in CommandLineSecrets.Warnings(parsed.Sets))
        {
            await Console.Error.WriteLineAsync(warning).ConfigureAwait(false);
        }

        var configuration = NodeConfiguration.Load(parsed.Config, parsed.Sets, Environment.GetEnvironmentVariables());
        foreach (var error in configuration.Errors)
        {
            await Console.Error.WriteLineAsync(error.ToString()).ConfigureAwait(false);
        }

        if (configuration.Errors.Count > 0 || parsed.Check)
        {
            await Console.Out.WriteLineAsync(configuration.Errors.Count == 0 ? "configuration is good" : $"{configuration.Errors.Count} errors").ConfigureAwait(false);
            return configuration.Errors.Count == 0 ? 0 : 2;
        }

        if (parsed.RestoreBackup is { } restored)
        {
            return OfflineBackup.Restore(restored, configuration, Console.Out, Console.Error);
        }

        if (parsed.Supervise)
        {
            using var supervising = new Supervising([.. arguments.Where(argument => argument != "--supervise")], configuration);
            return await supervising.RunAsync().ConfigureAwait(false);
        }

        try
        {
            await using var node = await NodeHost.StartAsync(configuration, Console.Out).ConfigureAwait(false);
            await node.WaitForEndAsync().ConfigureAwait(false);
            return node.ExitCode;
        }
        catch (Exception refused) when (refused is StoreRefusedException or JoinRefusedException or IOException)
        {
            await Console.Error.WriteLineAsync(refused.Message).ConfigureAwait(false);
            return 1;
        }
    }
}
