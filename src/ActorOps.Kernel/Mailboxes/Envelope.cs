using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Mailboxes;

internal readonly record struct Envelope(object Message, ActorRef Sender);
