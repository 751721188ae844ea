using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Signals;

/// <summary>
/// Sends signals in batches from a queue of its own. <see cref="TryWrite"/> never blocks the trading thread: when the queue is full the
/// signal is dropped, counted, and the server sees a gap in the session's numbers. A batch that fails is sent again under the same number.
/// </summary>
public sealed class SignalWriter : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private const int LargestBatch = 5000;
    private readonly Channel<byte[]> _queue;
    private readonly ActorOpsClient _client;
    private readonly TimeProvider _time;
    private readonly string _session = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _sequence;
    private long _dropped;
    private long _droppedTold;

    /// <summary>A running writer with room for <paramref name="capacity"/> waiting signals.</summary>
    public SignalWriter(ActorOpsClient client, int capacity = 65_536, TimeProvider? time = null)
    {
        (_client, _time) = (client, time ?? TimeProvider.System);
        _queue = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _running = RunAsync(_stop.Token);
    }

    /// <summary>Signals dropped because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Signals the server has counted.</summary>
    public long Accepted { get; private set; }

    /// <summary>Signals the server has refused.</summary>
    public long Rejected { get; private set; }

    /// <summary>Refusals and failures, in words.</summary>
    public event Action<string>? Trouble;

    /// <summary>Queues one signal as UTF-8 JSON without a newline. False: dropped.</summary>
    public bool TryWrite(byte[] line)
    {
        if (_queue.Writer.TryWrite(line))
        {
            return true;
        }

        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Sends what is queued, for at most two seconds, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(2));
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        using var batch = new MemoryStream();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                var count = 0;
                batch.SetLength(0);
                while (count < LargestBatch && _queue.Reader.TryRead(out var line))
                {
                    batch.Write(line);
                    batch.WriteByte((byte)'\n');
                    count++;
                }

                // What was dropped since the last batch is a hole in the numbers: the server must know that its windows have one.
                var dropped = Dropped;
                _sequence += dropped - _droppedTold;
                _droppedTold = dropped;
                await SendAsync(batch, count, cancellation).ConfigureAwait(false);
                _sequence += count;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped with something left: the process is ending.
        }
    }

    private async Task SendAsync(MemoryStream batch, int count, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/signals")
                {
                    Content = new ByteArrayContent(batch.GetBuffer(), 0, (int)batch.Length),
                };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                request.Headers.Add("ActorOps-Session", _session);
                request.Headers.Add("ActorOps-Sequence", _sequence.ToString(CultureInfo.InvariantCulture));
                // So that lines that waited here for a server are late, and do not look like a wrong clock.
                request.Headers.Add("ActorOps-Sent", _time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                // A node that does not answer is left for another well before its silence counts as that of the targets.
                using var limit = new CancellationTokenSource(AnswerWithin, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
                using var response = await _client.Http.SendAsync(request, either.Token).ConfigureAwait(false);
                if ((int)response.StatusCode is >= 400 and < 500 and not 429)
                {
                    Rejected += count;
                    Trouble?.Invoke($"signals refused: {(int)response.StatusCode}");
                    return;
                }

                response.EnsureSuccessStatusCode();
                Count(JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false), WireJson.Default.SignalsAnswer)!);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                Trouble?.Invoke($"signals not sent: {error.Message}");
                await Task.Delay(TimeSpan.FromMilliseconds(500), _time, cancellation).ConfigureAwait(false);
            }
        }
    }

    private void Count(SignalsAnswer answer)
    {
        Accepted += answer.Accepted;
        Rejected += answer.Rejected;
        if (answer.Errors.Count > 0)
        {
            Trouble?.Invoke($"{answer.Rejected} signals refused, first: line {answer.Errors[0].Line} {answer.Errors[0].Code}: {answer.Errors[0].Detail}");
        }
    }
}
