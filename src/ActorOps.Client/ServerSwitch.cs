namespace ActorOps.Client;

/// <summary>Sends each request to the node in use. Which that is changes when one was not reached; more are learnt as the cluster grows.</summary>
internal sealed class ServerSwitch : DelegatingHandler
{
    private readonly object _lock = new();
    private List<Uri> _servers;
    private Uri _current;

    public ServerSwitch(IReadOnlyList<Uri> servers, HttpMessageHandler inner)
        : base(inner)
    {
        _servers = [.. servers];
        _current = _servers[0];
    }

    public Uri Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>Takes the next one, unless somebody has left the failed one already.</summary>
    public void MoveOn(Uri failed)
    {
        lock (_lock)
        {
            if (_current == failed && _servers.Count > 1)
            {
                _current = _servers[(_servers.IndexOf(failed) + 1) % _servers.Count];
            }
        }
    }

    /// <summary>Adds nodes that the cluster has told of, behind those that were given.</summary>
    public void Learn(IEnumerable<Uri> servers)
    {
        lock (_lock)
        {
            _servers = [.. _servers, .. servers.Where(server => !_servers.Contains(server)).Distinct()];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var server = Current;
        request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = server.Scheme, Host = server.Host, Port = server.Port }.Uri;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            MoveOn(server);
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A node that is paused or cut off looks like this: the call's own time is over, or its caller has gone.
            MoveOn(server);
            throw;
        }
    }
}
