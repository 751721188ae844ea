using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Events;

/// <summary>A message that reached nobody.</summary>
/// <param name="Message">What was told.</param>
/// <param name="Sender">By whom.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Reason">Why it was not handled: stopped, mailbox full, unhandled.</param>
public sealed record DeadLetter(object Message, ActorRef Sender, ActorRef Recipient, string Reason);
