using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Security;

/// <summary>Journals each 401 and 403 of any handler, joined by a <see cref="DenialWindow"/> on the node that denied.</summary>
internal sealed class Denials : IDisposable
{
    private const string ReasonKey = "actorops-denied";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly DenialWindow _window = new();
    private readonly NodeServices _services;
    private readonly ITimer _timer;

    public Denials(NodeServices services)
    {
        _services = services;
        _timer = services.System.TimeProvider.CreateTimer(_ => Close(all: false), null, LookEvery, LookEvery);
    }

    /// <summary>Notes, for the request's denial, why: a stable code and nothing of the caller's.</summary>
    public static void Because(HttpContext context, string reason) => context.Items[ReasonKey] = reason;

    /// <summary>Records a request's answer when it was a denial. One that another node has answered is recorded there.</summary>
    public void Note(HttpContext context)
    {
        if (context.Response.StatusCode is not (401 or 403) || context.Response.Headers.ContainsKey("Answered-By"))
        {
            return;
        }

        var route = context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? $"{context.Request.Method} {pattern}" : "no such route";
        var why = context.Items[ReasonKey] as string ?? (context.Response.StatusCode == 401 ? "unauthenticated" : "forbidden");
        AccessCommand.Deny? deny;
        lock (_lock)
        {
            deny = _window.Add(Identities.Of(context)?.Name ?? DenialWindow.Stranger, route, why, context.Connection.RemoteIpAddress?.ToString() ?? string.Empty, _services.Now);
        }

        if (deny is not null)
        {
            _services.Ops.Denied(deny);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Close(all: true);
    }

    private void Close(bool all)
    {
        IReadOnlyList<AccessCommand.Deny> denied;
        lock (_lock)
        {
            denied = _window.Close(_services.Now, all);
        }

        foreach (var deny in denied)
        {
            _services.Ops.Denied(deny);
        }
    }
}
