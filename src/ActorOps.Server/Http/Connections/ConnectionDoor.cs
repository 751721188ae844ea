using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ActorOps.Server.Http.Connections;

/// <summary>Puts each connection into the pool before a byte of it is read, TLS included.</summary>
internal static class ConnectionDoor
{
    public static void Use(ListenOptions listener, ConnectionPool pool) => listener.Use(next => async connection =>
    {
        var slot = pool.Enter((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None, () => connection.Abort(new ConnectionAbortedException("closed for a newer connection")));
        connection.Features.Set(slot);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            pool.Leave(slot);
        }
    });

    /// <summary>The place of a request's connection; null where there is none.</summary>
    public static ConnectionSlot? SlotOf(HttpContext context) => context.Features.Get<ConnectionSlot>();
}
