namespace ActorOps.Kernel.Mailboxes;

/// <summary>Marks a message that overtakes ordinary ones in mailboxes with <see cref="MailboxOptions.ControlLane"/>; among themselves they keep their order.</summary>
public interface IControlMessage;
