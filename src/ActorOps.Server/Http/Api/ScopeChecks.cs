using ActorOps.Client.Wire;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>What is answered where a scope is not one, or not one that any desk has. A trip is never refused for it; a procedure is, before it starts.</summary>
internal static class ScopeChecks
{
    /// <summary>400 for a text that is not a scope, with the known ones near it.</summary>
    public static IResult NotAScope(NodeServices services, string? text) =>
        Problems.Result(400, "bad-scope", NotAScopeText(services, text), errors: [new ProblemErrorView("/scope", "not a valid scope")]);

    /// <summary>Its sentence.</summary>
    public static string NotAScopeText(NodeServices services, string? text)
    {
        var nearest = ScopeSuggestions.Nearest(services.Ops.Registry.EverKnown, text ?? string.Empty);
        return $"'{SafeText.Clean(text, 100)}' is not a valid scope: use {Scope.Forms}{(nearest.Count == 0 ? string.Empty : $"; did you mean {string.Join(" or ", nearest)}?")}";
    }

    /// <summary>404 for a scope that no desk has: nothing has been started.</summary>
    public static IResult? Unknown(NodeServices services, Scope scope) => services.Ops.Unknown(scope) is not { } unknown ? null
        : Problems.Result(404, "unknown-scope", $"nothing was started: {unknown.Sentence}", errors: [new ProblemErrorView("/scope", unknown.Sentence)]);

    /// <summary>The same in a trip's answer.</summary>
    public static UnknownScopeView? View(UnknownScope? unknown) => unknown is null ? null : new(unknown.Asked, [.. unknown.Nearest.Select(scope => scope.ToString())], unknown.Sentence);
}
