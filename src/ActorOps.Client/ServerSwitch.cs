namespace ActorOps.Client;

/// <summary>Sends each request to the node in use. Which that is changes when one was not reached; more are learnt as the cluster grows.</summary>
internal sealed class ServerSwitch : DelegatingHandler
{
    private const int MostServers = 64;
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

    /// <summary>Adds nodes that the cluster has told of, behind those that were given: at most 64, and none that would take the token from an encrypted connection to a plain one.</summary>
    public void Learn(IEnumerable<Uri> servers)
    {
        lock (_lock)
        {
            var known = servers.Where(server => server.Scheme == _current.Scheme && !_servers.Contains(server)).Distinct();
            _servers = [.. _servers, .. known.Take(Math.Max(0, MostServers - _servers.Count))];
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
