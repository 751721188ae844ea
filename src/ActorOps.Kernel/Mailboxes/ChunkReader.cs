namespace ActorOps.Kernel.Mailboxes;

/// <summary>Reads a chunk from the stack: its place is written back once, not with each message.</summary>
internal ref struct ChunkReader(EnvelopeChunk chunk, int next, int most)
{
    private readonly Envelope[] _items = chunk.Items;
    private readonly int _end = Math.Min(chunk.Count, next + most);

    public int Next { get; private set; } = next;

    public bool TryRead(out Envelope envelope)
    {
        if (Next >= _end)
        {
            envelope = default;
            return false;
        }

        ref var slot = ref _items[Next++];
        envelope = slot;
        slot = default;
        return true;
    }
}
