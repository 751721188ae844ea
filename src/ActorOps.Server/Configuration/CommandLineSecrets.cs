using ActorOps.Hocon.Binding;
using ActorOps.Storage.Postgres;

namespace ActorOps.Server.Configuration;

/// <summary>Secrets on the command line: every user of the machine can read them in the list of processes.</summary>
internal static class CommandLineSecrets
{
    /// <summary>One warning for each <c>--set</c> that carries a secret.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<string> sets) =>
        from set in sets
        let split = set.IndexOf('=', StringComparison.Ordinal)
        let key = set[..Math.Max(0, split)].Trim()
        where SettingSchema.Find(typeof(NodeOptions), key.Split('.').Skip(1)) == typeof(Secret) && IsSecret(set[(split + 1)..])
        select $"--set {key} shows its password to every user of this machine: put it into a file (mode 0600) and set {key}-file, or password-file";

    private static bool IsSecret(string value)
    {
        var text = value.Trim().Trim('"');
        return text.Length > 0 && (PostgresOptions.HasPassword(text) || PostgresOptions.Problem(text) is not null);
    }
}
