using System.Security.Cryptography;
using System.Text;
using ActorOps.Ops.Access;

namespace ActorOps.Server.Http;

/// <summary>
/// Answers by <c>Idempotency-Key</c>: same key and body replays, same key and another body is refused, a running one conflicts. Each principal, by its token, has a bounded
/// number of them: a new one takes the place of its own oldest, never of another's, and never of one that is still running.
/// </summary>
internal sealed class IdempotencyKeys(int mostPerPrincipal)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OwnKeys> _owners = new(StringComparer.Ordinal);

    /// <summary>Keys that are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _owners.Values.Sum(own => own.Entries.Count);
            }
        }
    }

    /// <summary>Runs the action once per key. Refusals are not kept: they may be different next time.</summary>
    public async Task<IResult> RunAsync(HttpContext context, Principal principal, string body, Func<Task<(IResult Result, bool Keep)>> action)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 200)
        {
            return Problems.Result(400, "idempotency-key-missing", "this change needs an Idempotency-Key header of 1 to 200 characters, so that a repeat is harmless");
        }

        var entry = new Entry(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Path + "\n" + body))));
        if (Enter(principal.TokenHash, key, entry) is { } known)
        {
            return known;
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
                Remove(principal.TokenHash, key);
            }
        }
    }

    /// <summary>Null when the action is to run now; else what to answer instead.</summary>
    private IResult? Enter(string owner, string key, Entry entry)
    {
        lock (_lock)
        {
            if (!_owners.TryGetValue(owner, out var own))
            {
                _owners[owner] = own = new OwnKeys();
            }

            if (own.Entries.TryGetValue(key, out var known))
            {
                return known.Body != entry.Body ? Problems.Result(422, "idempotency-key-reused", "this key was used with another request; take a new one")
                    : known.Result ?? Problems.Result(409, "still-running", "the first request with this key is still running", retryable: true);
            }

            if (own.Entries.Count >= mostPerPrincipal)
            {
                if (own.Order.FirstOrDefault(older => own.Entries[older].Result is not null) is not { } oldest)
                {
                    return Problems.Result(429, "too-many-requests", $"{mostPerPrincipal} changes of this principal are running (actorops.quotas.idempotency-keys-per-principal); nothing was done", retryable: true);
                }

                own.Remove(oldest);
            }

            own.Add(key, entry);
            return null;
        }
    }

    private void Remove(string owner, string key)
    {
        lock (_lock)
        {
            if (_owners.TryGetValue(owner, out var own))
            {
                own.Remove(key);
                if (own.Entries.Count == 0)
                {
                    _owners.Remove(owner);
                }
            }
        }
    }

    private sealed class OwnKeys
    {
        public Dictionary<string, Entry> Entries { get; } = new(StringComparer.Ordinal);

        public LinkedList<string> Order { get; } = new();

        public void Add(string key, Entry entry)
        {
            Entries[key] = entry;
            entry.Place = Order.AddLast(key);
        }

        public void Remove(string key)
        {
            if (Entries.Remove(key, out var entry))
            {
                Order.Remove(entry.Place!);
            }
        }
    }

    private sealed class Entry(string body)
    {
        public string Body { get; } = body;

        public IResult? Result { get; set; }

        public LinkedListNode<string>? Place { get; set; }
    }
}
