using ActorOps.Server.Configuration;

namespace ActorOps.Server.Http.Quotas;

/// <summary>
/// What one request may take before any of its body is read: a place among the requests in hand, and its bytes. Trips have places and bytes that nothing else can
/// use; strangers share a few.
/// </summary>
internal sealed class RequestQuotas(QuotaOptions options)
{
    /// <summary>Bytes of an ordinary body.</summary>
    public const long LargestBody = 256 * 1024;

    /// <summary>Bytes of a body with a trip or with alerts. Long reasons are cut, not refused.</summary>
    public const long LargestTripBody = 4 * 1024 * 1024;

    /// <summary>A trip of up to so many bytes comes from the reserve.</summary>
    public const long SmallTripBody = 64 * 1024;

    /// <summary>Bytes of a body of somebody unknown: a log-in has no more.</summary>
    public const long StrangerBody = 4 * 1024;

    private const string Stranger = "";
    private readonly OwnerBudget _requests = new(options.Requests, options.RequestsPerPrincipal);
    private readonly OwnerBudget _strangers = new(options.StrangerRequests, options.StrangerRequests);
    private readonly OwnerBudget _strangersReads = new(options.StrangerRequests, options.StrangerRequests);
    private readonly OwnerBudget _kills = new(options.Kills, options.KillsPerPrincipal);
    private readonly OwnerBudget _signals = new(options.SignalStreams, options.SignalStreamsPerPrincipal);
    private readonly OwnerBudget _bytes = new(options.BodyBytes, options.BodyBytesPerPrincipal);

    /// <summary>Bytes of bodies in hand now.</summary>
    public long BytesTaken => _bytes.Taken;

    /// <summary>Which kind a request is.</summary>
    public static RequestKind KindOf(string method, string path) => (method, path) switch
    {
        ("POST", "/api/v1/kill-switch/trips" or "/minimal/kill") => RequestKind.Kill,
        ("POST", "/api/v2/alerts" or "/api/v1/webhooks/alertmanager") => RequestKind.Alerts,
        ("POST", "/api/v1/signals") => RequestKind.Signals,
        ("GET", "/api/v1/gate" or "/api/v1/events") => RequestKind.Gate,
        _ => RequestKind.Other,
    };

    /// <summary>Takes what the request needs, until the lease is disposed; or says why not.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="principal">Whose it is; null: a stranger's.</param>
    /// <param name="length">Length of the body, null when it is not announced, and 0 without one.</param>
    public (QuotaLease? Lease, Refusal? Refused) Take(RequestKind kind, string? principal, long? length)
    {
        if (kind == RequestKind.Gate && principal is not null)
        {
            return (new QuotaLease(null, null), null);
        }

        var places = principal is null ? length == 0 ? _strangersReads : _strangers : kind switch { RequestKind.Kill => _kills, RequestKind.Signals => _signals, _ => _requests };
        if (places.TryTake(principal ?? Stranger, 1, out var isOwn) is not { } place)
        {
            return (null, Refuse(kind, isOwn, kind == RequestKind.Signals ? "streams of signals" : "requests at once"));
        }

        var largest = kind is RequestKind.Kill or RequestKind.Alerts ? LargestTripBody : LargestBody;
        var bytes = Math.Min(length ?? largest, largest);
        if (kind == RequestKind.Signals || bytes == 0 || (kind == RequestKind.Kill && bytes <= SmallTripBody))
        {
            return (new QuotaLease(place, null), null);
        }

        if (_bytes.TryTake(principal ?? Stranger, bytes, out isOwn) is { } taken)
        {
            return (new QuotaLease(place, taken), null);
        }

        place.Dispose();
        return (null, Refuse(kind, isOwn, kind == RequestKind.Kill ? "bytes of bodies at once; a trip of less than 64 KiB is taken at any time" : "bytes of bodies at once"));
    }

    private static Refusal Refuse(RequestKind kind, bool isOwn, string what) => isOwn && kind != RequestKind.Alerts
        ? new Refusal(429, "too-many-requests", $"this principal has too many {what} (actorops.quotas); nothing was done, send it again later", IsRetryable: true)
        : new Refusal(503, "overloaded", $"there are too many {what} (actorops.quotas); nothing was done, send it again later", IsRetryable: true);
}
