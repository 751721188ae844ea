using System.Globalization;
using ActorOps.Kernel.Persistence;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// Finds the primary and sends calls there. Each host is asked by itself, all at once: is it in recovery, and on which timeline. The highest
/// timeline wins, so an old primary that has not noticed its replacement is never chosen beside the new one.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>Nobody can take the place of the only one: it is looked at for its clock, and when a call has failed.</summary>
    private static readonly TimeSpan LookAlone = TimeSpan.FromSeconds(5);
    private readonly PostgresHost[] _hosts;
    private readonly PostgresOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _probing;
    private volatile PostgresPrimary? _primary;
    private readonly SemaphoreSlim _doubt = new(0);
    private TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _highestTimeline;

    public PostgresConnections(PostgresOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var template = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        _hosts = [.. (template.Host ?? "localhost").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(host => Host(template, host))];
        _probing = Task.Run(ProbeAsync);
    }

    /// <summary>The database's wall clock, by the latest look at it: nodes may disagree about the time, what they store does not.</summary>
    public DateTimeOffset Now => _time.GetUtcNow() + ClockOffset;

    /// <summary>How far the database's wall clock is ahead of this machine's, by the latest look at it.</summary>
    public TimeSpan ClockOffset { get; private set; }

    /// <summary>Timeline of the primary; 0 before the first look.</summary>
    public long Timeline => _primary?.Timeline ?? 0;

    /// <summary>Runs a call on the primary.</summary>
    /// <exception cref="JournalUnavailableException">No primary, no answer in time, or an error of the database: not known whether it took effect.</exception>
    public async Task<T> RunAsync<T>(Lane lane, Func<NpgsqlConnection, Task<T>> work)
    {
        var limit = lane == Lane.Lease ? _options.RenewWithin : _options.AnswerWithin;
        var primary = _primary ?? await FindAsync(limit).ConfigureAwait(false);
        try
        {
            return await primary.Host.RunAsync(lane, work, limit).ConfigureAwait(false);
        }
        catch (JournalUnavailableException)
        {
            Doubt();
            throw;
        }
    }

    /// <summary>Runs a renewal on the primary, while the caller's thread waits. No thread of the pool takes part once the primary is known.</summary>
    /// <exception cref="JournalUnavailableException">As above.</exception>
    public T Run<T>(Func<NpgsqlConnection, T> work)
    {
        var primary = _primary ?? FindAsync(_options.RenewWithin).GetAwaiter().GetResult();
        try
        {
            return primary.Host.Run(work, _options.RenewWithin);
        }
        catch (JournalUnavailableException)
        {
            Doubt();
            throw;
        }
    }

    /// <summary>A connection to the primary that is of nobody's pool: for LISTEN, and for work that takes long.</summary>
    public async Task<NpgsqlConnection> OpenAloneAsync(CancellationToken cancellation)
    {
        var primary = _primary ?? await FindAsync(_options.RenewWithin).ConfigureAwait(false);
        return await primary.Host.OpenAloneAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _probing.ConfigureAwait(false);
        foreach (var host in _hosts)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private PostgresHost Host(NpgsqlConnectionStringBuilder template, string host)
    {
        var colon = host.LastIndexOf(':');
        var port = colon > 0 && int.TryParse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : template.Port;
        return new PostgresHost(template, colon > 0 ? host[..colon] : host, port, _options.Connections, _time);
    }

    private async Task<PostgresPrimary> FindAsync(TimeSpan limit)
    {
        try
        {
            await _found.Task.WaitAsync(limit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException timeout)
        {
            throw new JournalUnavailableException($"No primary answers: {string.Join("; ", _hosts.Select(host => $"{host.Name}: {host.LastFailure ?? "is a standby, or of an older timeline"}"))}.", timeout);
        }

        return _primary ?? throw new JournalUnavailableException("The primary was lost again.");
    }

    private async Task ProbeAsync()
    {
        do
        {
            var looks = await Task.WhenAll(_hosts.Select(LookAsync)).ConfigureAwait(false);
            var best = looks.Where(look => look is not null && look.Timeline >= _highestTimeline).MaxBy(look => look!.Timeline);
            if (best is null && _primary is { Host.LastFailure: not null } last)
            {
                // It does not answer, and nobody has taken its place: calls find out by themselves whether it is only slow.
                best = last;
            }

            _highestTimeline = Math.Max(_highestTimeline, best?.Timeline ?? 0);
            _primary = best;
            ClockOffset = best?.ClockOffset ?? ClockOffset;
            if (best is null)
            {
                _found = _found.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _found;
            }
            else
            {
                _found.TrySetResult();
            }
        }
        while (await NextAsync().ConfigureAwait(false));
    }

    /// <summary>A primary that answers is looked at once in a while; as soon as a call has failed, or there is none, often. False at the end.</summary>
    private async Task<bool> NextAsync()
    {
        try
        {
            await Task.Delay(_options.ProbeEvery, _time, _stop.Token).ConfigureAwait(false);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var calm = (_hosts.Length > 1 ? _options.LookEvery : LookAlone) - _options.ProbeEvery;
            if (_primary is { Host.LastFailure: null } && calm > TimeSpan.Zero)
            {
                await Task.WhenAny(_doubt.WaitAsync(end.Token), Task.Delay(calm, _time, end.Token)).ConfigureAwait(false);
                await end.CancelAsync().ConfigureAwait(false);
            }

            return !_stop.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Doubt()
    {
        if (_doubt.CurrentCount == 0)
        {
            _doubt.Release();
        }
    }

    /// <summary>The host as a primary; null when it is not one or does not answer.</summary>
    private async Task<PostgresPrimary?> LookAsync(PostgresHost host)
    {
        try
        {
            return await host.ProbeAsync(
                async connection =>
                {
                    using var command = connection.Command(PostgresStatements.Text("probe"));
                    var asked = _time.GetUtcNow();
                    await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
                    await reader.ReadAsync().ConfigureAwait(false);
                    if (reader.GetBoolean(0))
                    {
                        host.LastFailure = null;
                        return null;
                    }

                    // One that took too long, because this process was paused or the wall clock was set meanwhile, says little about clocks.
                    var took = _time.GetUtcNow() - asked;
                    var isClose = took >= TimeSpan.Zero && took <= _options.RenewWithin / 2;
                    var offset = isClose || _primary is null ? reader.GetFieldValue<DateTimeOffset>(2) - (asked + (took / 2)) : ClockOffset;
                    return new PostgresPrimary(host, long.Parse(reader.GetString(1)[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture), offset);
                },
                _options.RenewWithin / 2).ConfigureAwait(false);
        }
        catch (JournalUnavailableException reason)
        {
            host.LastFailure = reason.InnerException is NpgsqlException inner ? inner.Message : reason.Message;
            return null;
        }
    }
}
