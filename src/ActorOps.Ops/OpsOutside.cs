using ActorOps.Ops.Brokers;
using ActorOps.Ops.Models;
using ActorOps.Ops.Rollbacks;

namespace ActorOps.Ops;

/// <summary>What the domain reaches outside: brokers, models, files that other systems read.</summary>
/// <param name="Brokers">Connections to brokers.</param>
/// <param name="Models">Models.</param>
/// <param name="KillSwitchFile">Path of the legacy kill-switch file.</param>
/// <param name="ConfigDirectory">Directory of the legacy configuration files.</param>
/// <param name="Rollback">How a rollback works.</param>
public sealed record OpsOutside(BrokerConnections Brokers, IModelRegistry Models, string KillSwitchFile, string ConfigDirectory, RollbackOptions Rollback)
{
    /// <summary>Everything under one directory, and no broker.</summary>
    public static OpsOutside Under(string directory) =>
        new(BrokerConnections.None, new ModelFiles(Path.Combine(directory, "models")), Path.Combine(directory, "KILL_SWITCH"), Path.Combine(directory, "config"), new RollbackOptions());
}
