using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <summary>Recipe for an actor: how to make an instance, and which mailbox it gets. Immutable and shared.</summary>
public sealed class Props
{
    private Props(Type actorType, Func<Actor> factory, MailboxOptions mailbox) => (ActorType, Factory, Mailbox) = (actorType, factory, mailbox);

    /// <summary>Type of the actor, for diagnostics.</summary>
    public Type ActorType { get; }

    /// <summary>Mailbox of the actor; default unbounded.</summary>
    public MailboxOptions Mailbox { get; }

    internal Func<Actor> Factory { get; }

    /// <summary>Props for an actor type. The factory runs once at start and once a restart, and must return a new instance each time.</summary>
    public static Props Create<TActor>(Func<TActor> factory)
        where TActor : Actor => new(typeof(TActor), factory, MailboxOptions.Unbounded);

    /// <summary>The same recipe with another mailbox.</summary>
    public Props WithMailbox(MailboxOptions mailbox) => new(ActorType, Factory, mailbox);
}
