using ActorOps.Ops.Scopes;

namespace ActorOps.Server.Http.Pages;

/// <summary>What a person typed into the kill form, as it was typed.</summary>
internal sealed record KillFields(string Scope, string Level, string Reason)
{
    /// <summary>The action that the form's token is for.</summary>
    public const string Ask = "kill question";

    public static KillFields Empty { get; } = new("firm", "KILLED", string.Empty);

    public static KillFields Of(IFormCollection form) => new(form["scope"].ToString().Trim(), form["level"].ToString(), form["reason"].ToString().Trim());

    /// <summary>The action that the token of a question's button is for: what was asked is what is done.</summary>
    public static string Action(Scope scope, TradingState level) => $"kill {level.ToWire()} {scope}";
}
