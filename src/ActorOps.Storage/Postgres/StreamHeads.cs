using System.Collections.Concurrent;

namespace ActorOps.Storage.Postgres;

/// <summary>Latest sequence number and hash of the streams that this node writes. A memory only: the append's own condition is what decides.</summary>
internal sealed class StreamHeads
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, (long Sequence, byte[] Hash)> _heads = new(StringComparer.Ordinal);

    public byte[]? HashAt(string stream, long sequence) =>
        sequence == 0 ? HashChain.Seed : _heads.TryGetValue(stream, out var head) && head.Sequence == sequence ? head.Hash : null;

    public void Remember(string stream, long sequence, byte[] hash)
    {
        if (_heads.Count >= Most)
        {
            _heads.Clear();
        }

        _heads[stream] = (sequence, hash);
    }

    public void Forget(string stream) => _heads.TryRemove(stream, out _);
}
