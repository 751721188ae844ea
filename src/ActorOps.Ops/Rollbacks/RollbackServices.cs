using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Models;

namespace ActorOps.Ops.Rollbacks;

/// <summary>What rollback steps work with.</summary>
/// <param name="Emergency">Trips and desks.</param>
/// <param name="Models">Models.</param>
/// <param name="Options">Settings.</param>
/// <param name="KillSwitchFile">Path of the legacy kill-switch file.</param>
/// <param name="ConfigDirectory">Directory of the legacy configuration files.</param>
internal sealed record RollbackServices(EmergencyServices Emergency, IModelRegistry Models, RollbackOptions Options, string KillSwitchFile, string ConfigDirectory)
{
    /// <summary>Models that strategies of the scope trade by.</summary>
    public IReadOnlyList<(string Model, string Desk)> ModelsOf(Scopes.Scope scope) =>
    [
        .. Emergency.Registry.Desks.SelectMany(desk => desk.Strategies
                .Where(strategy => strategy.Model is not null && IsIn(scope, desk, strategy))
                .Select(strategy => (strategy.Model!, desk.Id)))
            .Distinct()
            .Order(),
    ];

    private static bool IsIn(Scopes.Scope scope, Desks.Desk desk, Desks.DeskStrategy strategy) => scope.Kind switch
    {
        "firm" or "symbol" => true,
        "region" => desk.Region == scope.Id,
        "account" => strategy.Account == scope.Id,
        "broker" => desk.Accounts.Any(account => account.Id == strategy.Account && account.Broker == scope.Id),
        _ => strategy.Id == scope.Id,
    };
}
