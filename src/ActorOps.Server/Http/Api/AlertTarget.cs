using ActorOps.Integrations.Alertmanager;
using ActorOps.Ops;
using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Server.Http.Api;

/// <summary>
/// What an alert is about, and whether its sender may speak of it: decided once, before anybody asks whether it fires or has ended. A label that no desk has means
/// the firm, or all that its sender may trip: a name that is misspelt must not stop nothing.
/// </summary>
/// <param name="Scopes">What it trips; empty: refused.</param>
/// <param name="Label">Its label as it is shown.</param>
/// <param name="Unknown">Why the label is not what is tripped; null: it is.</param>
internal sealed record AlertTarget(IReadOnlyList<Scope> Scopes, string Label, string? Unknown)
{
    public static AlertTarget Of(AlertmanagerAlert alert, Principal by, OpsSystem ops)
    {
        var label = alert.Labels!.GetValueOrDefault("scope", "firm");
        var shown = SafeText.Clean(label, 100);
        if (Scope.TryParse(label, out var scope) && ops.Unknown(scope) is null)
        {
            return new AlertTarget(by.Scopes is { } allowed && !allowed.Contains(scope.ToString()) ? [] : [scope], shown, null);
        }

        var instead = by.Scopes is { } own ? own.Select(text => Scope.TryParse(text, out var one) ? one : Scope.Firm).Distinct().ToList() : [Scope.Firm];
        var nearest = ScopeSuggestions.Nearest(ops.Registry.EverKnown, label);
        return new AlertTarget(instead, shown, $"no desk has '{shown}', the label scope of this alert{(nearest.Count == 0 ? string.Empty : $" (did you mean {string.Join(" or ", nearest)}?)")}; tripped instead: {string.Join(", ", instead)}");
    }
}
