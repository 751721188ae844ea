using ActorOps.Kernel.Dispatching;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <summary>Recipe for an actor: how to make an instance, its mailbox, its dispatcher. Immutable and shared.</summary>
public sealed record Props
{
    private Props(Type actorType, Func<Actor> factory) => (ActorType, Factory) = (actorType, factory);

    /// <summary>Type of the actor, for diagnostics.</summary>
    public Type ActorType { get; }

    /// <summary>Mailbox of the actor; default unbounded.</summary>
    public MailboxOptions Mailbox { get; init; } = MailboxOptions.Unbounded;

    /// <summary>Where the actor runs; null (default): the system's default dispatcher.</summary>
    public Dispatcher? Dispatcher { get; init; }

    /// <summary>Most messages that the actor may stash, 1 or more.</summary>
    public int StashCapacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1000;

    internal Func<Actor> Factory { get; }

    /// <summary>Props for an actor type. The factory runs once at start and once a restart, and must return a new instance each time.</summary>
    public static Props Create<TActor>(Func<TActor> factory)
        where TActor : Actor => new(typeof(TActor), factory);

    /// <summary>The same recipe with another mailbox.</summary>
    public Props WithMailbox(MailboxOptions mailbox) => this with { Mailbox = mailbox };

    /// <summary>The same recipe on another dispatcher.</summary>
    public Props WithDispatcher(Dispatcher dispatcher) => this with { Dispatcher = dispatcher };
}
