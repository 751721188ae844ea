using ActorOps.Client.Wire;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http;

/// <summary>A problem as an answer; a denial's code is kept for the journal.</summary>
internal sealed class ProblemResult(ProblemView view) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => view.Status;

    public Task ExecuteAsync(HttpContext context)
    {
        Denials.Because(context, view.Code);
        return Results.Json(view, WireJson.Default.ProblemView, "application/problem+json", view.Status).ExecuteAsync(context);
    }
}
