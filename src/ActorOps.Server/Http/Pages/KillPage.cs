using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Pages;

/// <summary>Tripping on the page, in two steps: the form leads to a question, and only its button trips. The question needs no typing.</summary>
internal static class KillPage
{
    private const string Needs = "operator, admin, engineering or risk";

    public static void Map(WebApplication app, NodeServices services, PageSessions sessions)
    {
        app.MapPost("/minimal/kill/question", (Func<HttpContext, Task<IResult>>)(context => AskAsync(context, services, sessions))).ExcludeFromDescription();
        app.MapPost("/minimal/kill", (Func<HttpContext, Task<IResult>>)(context => TripAsync(context, services, sessions))).ExcludeFromDescription();
    }

    private static async Task<IResult> AskAsync(HttpContext context, NodeServices services, PageSessions sessions)
    {
        var (principal, form, refusal) = await PageForms.ReadAsync(context, services, sessions, _ => KillFields.Ask, May, Needs).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var typed = KillFields.Of(form);
        return TryRead(typed, out var scope, out var level)
            ? new PageResult(KillHtml.Question(sessions, principal, services.Ops, (scope, level), typed))
            : await InvalidAsync(context, services, sessions, principal, typed).ConfigureAwait(false);
    }

    private static async Task<IResult> TripAsync(HttpContext context, NodeServices services, PageSessions sessions)
    {
        var (principal, form, refusal) = await PageForms.ReadAsync(context, services, sessions, Asked, May, Needs).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var typed = KillFields.Of(form);
        if (!TryRead(typed, out var scope, out var level))
        {
            return await InvalidAsync(context, services, sessions, principal, typed).ConfigureAwait(false);
        }

        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(scope, level, $"page:{principal.Name}", principal.Name, principal.Person) { Reason = typed.Reason }).ConfigureAwait(false);
        return PageForms.Say(sessions, principal, Outcome(receipt, scope, level) + (services.Ops.Unknown(scope) is { } unknown ? " " + KillHtml.StopsNothing(unknown) : string.Empty));
    }

    /// <summary>What the button's token must be for: what was asked, and nothing else.</summary>
    private static string Asked(IFormCollection form) => TryRead(KillFields.Of(form), out var scope, out var level) ? KillFields.Action(scope, level) : "none";

    private static bool TryRead(KillFields typed, out Scope scope, out TradingState level)
    {
        level = TradingState.Killed;
        return Scope.TryParse(typed.Scope, out scope) && TradingStateNames.TryParse(typed.Level, out level) && level != TradingState.Active;
    }

    private static async Task<IResult> InvalidAsync(HttpContext context, NodeServices services, PageSessions sessions, Principal principal, KillFields typed)
    {
        var near = ScopeSuggestions.Nearest(services.Ops.Registry.EverKnown, typed.Scope);
        var message = $"Not a valid scope or level; nothing was tripped. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"A scope is {Scope.Forms}.")}";
        return new PageResult(await MinimalPage.StateAsync(context, services, sessions, new PageView(principal, message) { Kill = typed }).ConfigureAwait(false), 400);
    }

    private static string Outcome(TripReceipt receipt, Scope scope, TradingState level) =>
        $"TRIPPED {level.ToWire()} for {scope}: {receipt.Trip.TripId}, {(receipt.Latched ? "latched" : "NOT LATCHED, in force in memory only")}{(receipt.Durable ? ", stored" : ", not stored yet")}, {receipt.Propagation.Acknowledged} of {receipt.Propagation.Nodes} nodes have it{(receipt.Propagation.Missing.Count == 0 ? string.Empty : $"; NOT CONFIRMED by {string.Join(", ", receipt.Propagation.Missing)}")}.";

    private static bool May(Principal principal) => principal.MayReduceRisk;
}
