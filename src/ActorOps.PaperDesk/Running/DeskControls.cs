using ActorOps.Client.Gates;
using ActorOps.Client.Wire;
using ActorOps.PaperDesk.Brokers;

namespace ActorOps.PaperDesk.Running;

/// <summary>What the desk does when ActorOps tells it to.</summary>
internal sealed class DeskControls(DeskState state, Func<OrderDesk> orders, Func<TradingGate> gate) : IControlHandler
{
    public ValueTask<string> ApplyAsync(ControlMessage control, CancellationToken cancellation)
    {
        var outcome = control.Kind switch
        {
            "cancel-all" => $"{orders().Cancel(order => InScope(order, control.Scope))} orders cancelled",
            "switch-feed" => SwitchFeed(control),
            "halt" or "reduce-only" => "gate closed",
            "disable-auto-restart" => DisableAutoRestart(),
            "freeze-learning" => "no model of this desk learns while it trades",
            "rollback-model" or "deploy-model" => UseModel(control),
            _ => throw new NotSupportedException($"this desk does not know how to {control.Kind}"),
        };
        state.Log.Write("control", $"control {control.Kind} {control.Scope}: {outcome}", ("id", control.Id), ("kind", control.Kind), ("scope", control.Scope), ("outcome", outcome));
        return ValueTask.FromResult(outcome);
    }

    public ValueTask OnIsolatedAsync(CancellationToken cancellation)
    {
        var count = orders().Cancel(order => order.Increasing || gate().Route(order.Strategy.Id, "SPY").HaltsOnIsolation);
        state.Log.Write("control", $"isolated from ActorOps: {count} open orders that add risk cancelled", ("kind", "isolated"), ("scope", "firm"), ("outcome", $"{count} orders cancelled"));
        return ValueTask.CompletedTask;
    }

    /// <summary>The desk's own stop: it stays when trips are reset, until somebody at the desk says otherwise.</summary>
    private string DisableAutoRestart()
    {
        gate().Halt();
        return "halted until somebody at the desk resumes it";
    }

    private string UseModel(ControlMessage control)
    {
        var (model, version) = (control.Arguments.GetValueOrDefault("model"), control.Arguments.GetValueOrDefault("version"));
        return state.Strategies.Any(strategy => strategy.Model.Name == model) ? $"{model} {version} from now on" : throw new NotSupportedException($"this desk has no model '{model}'");
    }

    private bool InScope(PaperOrder order, string scope) => gate().Route(order.Strategy.Id, "SPY").Scopes.Contains(scope);

    private string SwitchFeed(ControlMessage control)
    {
        var to = control.Arguments.GetValueOrDefault("to") ?? string.Empty;
        if (state.Feeds.All(feed => feed.Id != to))
        {
            throw new NotSupportedException($"this desk has no feed '{to}'");
        }

        state.ActiveFeed = to;
        return $"now on {to}";
    }
}
