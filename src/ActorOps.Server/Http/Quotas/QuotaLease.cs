namespace ActorOps.Server.Http.Quotas;

/// <summary>What one request has taken, given back when it has ended.</summary>
internal sealed record QuotaLease(IDisposable? Place, IDisposable? Bytes) : IDisposable
{
    public void Dispose()
    {
        Place?.Dispose();
        Bytes?.Dispose();
    }
}
