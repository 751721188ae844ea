namespace ActorOps.Kernel.Mailboxes;

/// <summary>
/// Messages in chunks: producers fill the incoming chain, the consumer takes the whole chain at once and then reads it without a lock.
/// <c>_NeedsLock</c> members are called under the mailbox's lock, the others by its consumer only.
/// </summary>
internal struct UnboundedLane
{
    private EnvelopeChunk? _first;
    private EnvelopeChunk? _last;
    private EnvelopeChunk? _spare;
    private EnvelopeChunk? _reading;
    private int _next;
    private bool _ownsSmall;

    public readonly bool HasReadable => _reading is { } chunk && _next < chunk.Count;

    public void Add_NeedsLock(in Envelope envelope)
    {
        var chunk = _last;
        if (chunk is null || chunk.Count == chunk.Items.Length)
        {
            chunk = Grow();
        }

        chunk.Items[chunk.Count++] = envelope;
    }

    /// <summary>The next message of what was taken; false when a new chain must be taken.</summary>
    public bool TryRead(out Envelope envelope)
    {
        if (!HasReadable)
        {
            envelope = default;
            return false;
        }

        var reader = Read(1);
        var read = reader.TryRead(out envelope);
        Keep(reader);
        return read;
    }

    /// <summary>A reader of at most so many messages of the chunk in hand.</summary>
    public readonly ChunkReader Read(int most) => new(_reading!, _next, most);

    public void Keep(in ChunkReader reader) => _next = reader.Next;

    /// <summary>Moves on to the next chunk when this one is read: of the chain in hand, or of what has come in since. False when there is none.</summary>
    public bool Advance_NeedsLock()
    {
        if (HasReadable)
        {
            return true;
        }

        var drained = _reading;
        _reading = drained?.Next;
        if (_reading is null)
        {
            (_reading, _first, _last) = (_first, null, null);
        }

        _next = 0;
        if (drained is not null)
        {
            Recycle(drained);
        }

        return _reading is not null;
    }

    private EnvelopeChunk Grow()
    {
        EnvelopeChunk chunk;
        if (_spare is { } spare)
        {
            (chunk, _spare) = (spare, null);
        }
        else
        {
            chunk = _ownsSmall ? EnvelopeChunk.Borrow() : new EnvelopeChunk(EnvelopeChunk.Small);
            _ownsSmall = true;
        }

        if (_last is null)
        {
            _first = chunk;
        }
        else
        {
            _last.Next = chunk;
        }

        return _last = chunk;
    }

    /// <summary>Keeps the small chunk, and one large one only while the small one is in use.</summary>
    private void Recycle(EnvelopeChunk chunk)
    {
        (chunk.Count, chunk.Next) = (0, null);
        if (_spare is null)
        {
            _spare = chunk;
        }
        else if (chunk.IsSmall)
        {
            EnvelopeChunk.GiveBack(_spare);
            _spare = chunk;
        }
        else
        {
            EnvelopeChunk.GiveBack(chunk);
        }
    }
}
