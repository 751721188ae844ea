using ActorOps.Hocon.Binding;
using ActorOps.Storage.Postgres;

namespace ActorOps.Server.Configuration;

/// <summary>Settings as they may be shown. What the schema does not know as a plain setting is masked.</summary>
internal static class ShownSettings
{
    private const string Connection = "actorops:cluster:connection";

    /// <param name="key">Key with colons.</param>
    /// <param name="value">Its value.</param>
    public static string Show(string key, string value)
    {
        if (key.Equals(Connection, StringComparison.OrdinalIgnoreCase) && value.Length > 0)
        {
            return PostgresOptions.Describe(value);
        }

        var type = SettingSchema.Find(typeof(NodeOptions), key.Split(':').Skip(1));
        return type is null || (type == typeof(Secret) && value.Length > 0) ? Secret.Mask : value;
    }
}
