using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <summary>Messages that an actor has put aside, oldest first.</summary>
internal sealed class Stash(ActorPath actor, int capacity)
{
    private readonly Queue<Envelope> _messages = new();

    public int Count => _messages.Count;

    public void Add(in Envelope envelope)
    {
        if (_messages.Count >= capacity)
        {
            throw new StashOverflowException(actor, capacity);
        }

        _messages.Enqueue(envelope);
    }

    public IReadOnlyCollection<Envelope> Take(int most)
    {
        var taken = new List<Envelope>(Math.Min(most, _messages.Count));
        while (taken.Count < most && _messages.TryDequeue(out var envelope))
        {
            taken.Add(envelope);
        }

        return taken;
    }
}
