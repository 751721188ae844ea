using ActorOps.Ops;
using ActorOps.Ops.Access;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;
using static ActorOps.Server.Http.Pages.MinimalHtml;

namespace ActorOps.Server.Http.Pages;

/// <summary>The kill form and the question that it leads to. Nothing is tripped by the form: Enter in a field of it asks.</summary>
internal static class KillHtml
{
    private static readonly (TradingState Level, string Effect)[] Levels =
    [
        (TradingState.Killed, "Only cancels pass, and the desks cancel their open orders at once. Positions stay as they are."),
        (TradingState.CancelOnly, "Only cancels pass. Open orders and positions stay as they are."),
        (TradingState.ReduceOnly, "Only cancels and orders that make a position smaller pass. Open orders and positions stay as they are."),
    ];

    /// <summary>The form, with what was typed before.</summary>
    public static string Form(string token, DeskRegistry desks, KillFields typed) => $"""
        <form method="post" action="/minimal/kill/question"><input type="hidden" name="form" value="{token}">
        <label>Scope<input name="scope" value="{E(typed.Scope)}" list="scopes" size="26" required autocomplete="off" autocapitalize="none" spellcheck="false"></label><datalist id="scopes">{string.Concat(KillCoverage.Scopes(desks).Select(scope => $"<option value=\"{E(scope.ToString())}\">"))}</datalist>
        <label>Level<select name="level">{string.Concat(Levels.Select(level => $"<option{(level.Level.ToWire() == typed.Level ? " selected" : string.Empty)}>{level.Level.ToWire()}</option>"))}</select></label>
        <label>Reason (optional, can follow later)<input name="reason" value="{E(typed.Reason)}" size="38" autocomplete="off"></label><button class="kill" type="submit">Trip ...</button></form>
        """;

    /// <summary>What would be tripped, and one button that does it. A scope that no desk has is tripped anyway: the page says so, and offers what may have been meant.</summary>
    public static PageHtml Question(PageSessions sessions, Principal principal, OpsSystem ops, (Scope Scope, TradingState Level) asked, KillFields typed)
    {
        var (scope, level) = asked;
        var words = $"{level.ToWire()} for {scope}";
        var unknown = ops.Unknown(scope);
        return new PageHtml($"Trip {words}?", $"""
            <h1>Trip {Marked(level.ToWire())} for {E(scope.ToString())}?</h1>
            {(unknown is null ? string.Empty : $"<p class=\"banner crit\" role=\"alert\">{E(StopsNothing(unknown))}</p>")}
            <section class="kill"><dl><dt>Effect</dt><dd>{Levels.First(known => known.Level == level).Effect}</dd>
            <dt>Covers</dt><dd>{E(KillCoverage.Describe(ops.Registry, scope))}</dd>
            <dt>Reason</dt><dd>{(typed.Reason.Length == 0 ? "<span class=\"mute\">none given; it can follow later</span>" : E(typed.Reason))}</dd></dl>
            <div class="acts">{string.Concat((unknown?.Nearest ?? []).Select(near => Button(sessions, principal, (near, level), typed, $"Trip {level.ToWire()} for {near}")))}
            {Button(sessions, principal, asked, typed, unknown is null ? $"Trip {words}" : $"Trip {words} anyway")}<a class="button" href="/minimal">Back, trip nothing</a></div></section>
            <section><h2>Change it first</h2>{Form(sessions.FormToken(principal, KillFields.Ask), ops.Registry, typed)}</section>
            """);
    }

    /// <summary>The sentence for a scope that no desk has.</summary>
    public static string StopsNothing(UnknownScope unknown) => $"NOTHING IS STOPPED BY THIS: {unknown.Sentence}{(unknown.Nearest.Count == 0 ? "." : string.Empty)}";

    private static string Button(PageSessions sessions, Principal principal, (Scope Scope, TradingState Level) asked, KillFields typed, string text) => $"""
        <form method="post" action="/minimal/kill"><input type="hidden" name="form" value="{sessions.FormToken(principal, KillFields.Action(asked.Scope, asked.Level))}"><input type="hidden" name="scope" value="{E(asked.Scope.ToString())}"><input type="hidden" name="level" value="{asked.Level.ToWire()}"><input type="hidden" name="reason" value="{E(typed.Reason)}"><button class="kill" type="submit">{E(text)}</button></form>
        """;
}
