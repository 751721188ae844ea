using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class AccessApi
{
    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapGet("/api/v1/access/principals", (HttpContext context) => Bodies.Refuse(context, principal => principal.MayRead, "any but desk") ?? Results.Json(
            new ItemsView<PrincipalView>([.. services.Ops.AccessBoard.Principals.Select(p => new PrincipalView(p.Name, p.Person, [.. p.Roles.Select(role => role.ToWire())], p.ChangedAt, p.ExpiresAt, p.Desk)
            {
                HasCode = p.CodeSecret is not null,
                DisplayName = p.DisplayName,
                GrantedBy = p.GrantedBy,
                ApprovedBy = p.ApprovedBy,
            })]),
            WireJson.Default.ItemsViewPrincipalView));
        app.MapPost("/api/v1/access/principals", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            context, principal => principal.MayManageAccess, "admin", WireJson.Default.PrincipalBody, (by, body, text) => keys.RunAsync(context, by, text, () => AddAsync(services, by, body))))).WithMetadata(new HeldBy("kill-switch"));
        app.MapPost("/api/v1/access/codes", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            context, principal => principal.MayAskForRisk, "operator, admin, engineering or risk", WireJson.Default.CodeBody, (by, _, _) => EnrollAsync(context, services, by)))).WithMetadata(new HeldBy("access"));
        app.MapDelete("/api/v1/access/principals/{name}", async (HttpContext context, string name) =>
        {
            if (Bodies.Refuse(context, principal => principal.MayManageAccess, "admin") is { } refused)
            {
                return refused;
            }

            var by = Security.Identities.Of(context)!;
            return await services.Ops.ChangeAccessAsync(new AccessCommand.Revoke(name, by.Name)).ConfigureAwait(false) is AccessReply.Rejected rejected
                ? Problems.Result(StatusOf(rejected.Code), rejected.Code, rejected.Why)
                : Results.NoContent();
        }).WithMetadata(new HeldBy("access"));
    }

    /// <summary>Everybody enrols for himself, with his own token: nobody else ever holds the secret.</summary>
    private static async Task<IResult> EnrollAsync(HttpContext context, NodeServices services, Principal by)
    {
        var secret = CodeSecret.New();
        return await services.Ops.ChangeAccessAsync(new AccessCommand.EnrollCode(by.Name, CodeSecret.Seal(secret, Security.Identities.TokenOf(context)))).ConfigureAwait(false) is AccessReply.Rejected rejected
            ? Problems.Result(409, rejected.Code, rejected.Why)
            : Results.Json(new CodeAnswer(by.Name, CodeSecret.ToUri(secret, by.Name)), WireJson.Default.CodeAnswer, statusCode: 201);
    }

    private static async Task<(IResult Result, bool Keep)> AddAsync(NodeServices services, Principal by, PrincipalBody body)
    {
        var roles = new List<Role>();
        foreach (var name in body.Roles ?? [])
        {
            if (!RoleNames.TryParseGrantable(name, out var role))
            {
                return (Problems.Result(400, "bad-role", $"'{SafeText.Clean(name, 50)}' is not a role; use {RoleNames.Grantable}"), false);
            }

            roles.Add(role);
        }

        if (!Scope.IsId(body.Name ?? string.Empty) || roles.Count == 0 || (roles.Contains(Role.Desk) && !Scope.IsId(body.Desk ?? string.Empty)))
        {
            return (Problems.Result(400, "bad-principal", "name is 1 to 100 letters, digits or . _ : -; one role or more; a desk role names its desk"), false);
        }

        if (!PersonId.IsValid(body.Person))
        {
            var instead = PersonId.Suggest(body.Person) is { } id ? $"; use --person {id} --display-name '{SafeText.Clean(body.Person, 100).Trim()}'" : string.Empty;
            return (Problems.Result(400, "bad-person", $"'{SafeText.Clean(body.Person, 100)}' is not a person's id ({PersonId.Form}){instead}", errors: [new ProblemErrorView("/person", "not an id")]), false);
        }

        if (body.Scopes.FirstOrDefault(text => !Scope.TryParse(text, out var _)) is { } bad)
        {
            return (Problems.Result(400, "bad-scope", $"'{SafeText.Clean(bad, 100)}' is not a scope"), false);
        }

        var token = AccessBoard.NewToken();
        var expires = body.ExpiresInDays is { } days ? services.Now.AddDays(Math.Clamp(days, 1, 3650)) : (DateTimeOffset?)null;
        var principal = new Principal(body.Name!, body.Person, [.. roles.Distinct()], AccessBoard.Hash(token), services.Now, expires, body.Desk)
        {
            Scopes = body.Scopes.Count == 0 ? null : body.Scopes,
            DisplayName = string.IsNullOrWhiteSpace(body.DisplayName) ? null : SafeText.Clean(body.DisplayName, 100).Trim(),
        };
        return await services.Ops.ChangeAccessAsync(new AccessCommand.Add(principal, by.Name)).ConfigureAwait(false) switch
        {
            AccessReply.Rejected { Code: "second-person" } => await AskAsync(services, by, principal, token, body.Reason).ConfigureAwait(false),
            AccessReply.Rejected rejected => (Problems.Result(StatusOf(rejected.Code), rejected.Code, rejected.Why), false),
            _ => (Results.Json(new PrincipalAnswer(principal.Name, token), WireJson.Default.PrincipalAnswer, statusCode: 201), true),
        };
    }

    /// <summary>Risk and admin are granted by two: the token works once another person has agreed.</summary>
    private static async Task<(IResult Result, bool Keep)> AskAsync(NodeServices services, Principal by, Principal principal, string token, string? reason)
    {
        var why = string.IsNullOrWhiteSpace(reason) ? $"{principal.Person} is to have these roles" : reason;
        return await services.Ops.RequestAccessAsync(by, principal, why).ConfigureAwait(false) switch
        {
            ChangeReply.Stands stands => (Results.Json(new PrincipalAnswer(principal.Name, token) { ChangeId = stands.Change.ChangeId }, WireJson.Default.PrincipalAnswer, statusCode: 202), true),
            ChangeReply.Rejected rejected => (Problems.Result(ResetsApi.StatusOf(rejected.Code), rejected.Code, rejected.Why), false),
            var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
        };
    }

    private static int StatusOf(string code) => code switch
    {
        "unknown-principal" => 404,
        "forbidden" => 403,
        _ => 409,
    };
}
