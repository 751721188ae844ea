using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ActorOps.Ops.Access;

namespace ActorOps.Server.Http;

/// <summary>Answers by <c>Idempotency-Key</c>: same key and body replays, same key and another body is refused, a running one conflicts.</summary>
internal sealed class IdempotencyKeys
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>Runs the action once per key. Refusals are not kept: they may be different next time.</summary>
    public async Task<IResult> RunAsync(HttpContext context, Principal principal, string body, Func<Task<(IResult Result, bool Keep)>> action)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 200)
        {
            return Problems.Result(400, "idempotency-key-missing", "this change needs an Idempotency-Key header of 1 to 200 characters, so that a repeat is harmless");
        }

        var entry = new Entry(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Path + "\n" + body))));
        var full = $"{principal.Name}/{key}";
        if (!_entries.TryAdd(full, entry))
        {
            var known = _entries.GetValueOrDefault(full);
            return known is null ? Problems.Result(409, "still-running", "the first request with this key is still running", retryable: true)
                : known.Body != entry.Body ? Problems.Result(422, "idempotency-key-reused", "this key was used with another request; take a new one")
                : known.Result ?? Problems.Result(409, "still-running", "the first request with this key is still running", retryable: true);
        }

        _order.Enqueue(full);
        while (_order.Count > Most && _order.TryDequeue(out var oldest))
        {
            _entries.TryRemove(oldest, out _);
        }

        var keep = false;
        try
        {
            (var result, keep) = await action().ConfigureAwait(false);
            entry.Result = result;
            return result;
        }
        finally
        {
            if (!keep)
            {
                _entries.TryRemove(full, out _);
            }
        }
    }

    private sealed class Entry(string body)
    {
        public string Body { get; } = body;

        public IResult? Result { get; set; }
    }
}
