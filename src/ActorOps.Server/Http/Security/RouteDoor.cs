namespace ActorOps.Server.Http.Security;

/// <summary>How a route asks who is there.</summary>
internal enum RouteDoor
{
    /// <summary>A token whose principal has one of the route's roles; reads also take a page's session.</summary>
    Token,

    /// <summary>Anybody: it says nothing but whether the node lives.</summary>
    Open,

    /// <summary>As <see cref="Token"/>, but open to callers on loopback while <c>actorops.http.open-health-on-loopback</c> is on.</summary>
    Health,

    /// <summary>A page: it shows the log-in to whom it does not know, and reads and acts for a session with one of the route's roles.</summary>
    Page,
}
