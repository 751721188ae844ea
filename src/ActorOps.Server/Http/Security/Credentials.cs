using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Security;

/// <summary>
/// Says whose a token is now. Every door asks here each time it uses a credential: a request with a token, a page's session, an open stream. A revoked or expired token is
/// nobody's.
/// </summary>
internal sealed class Credentials(AccessBoard board, Func<BreakGlass?> breakGlass)
{
    /// <summary>The owner of a token; null when it is unknown, revoked or expired.</summary>
    public Principal? OfToken(string token) => Of(AccessBoard.Hash(token));

    /// <summary>The owner of the token with this hash; null when it is unknown, revoked or expired.</summary>
    public Principal? Of(string tokenHash) => board.FindHash(tokenHash) ?? breakGlass()?.FindHash(tokenHash);
}
