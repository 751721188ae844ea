using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <summary>The way of a user message from the mailbox to the actor. Nothing here throws: a failure becomes the parent's business.</summary>
internal sealed partial class ActorCell
{
    public ValueTask HandleUser(in Envelope envelope) =>
        _plain && envelope.Message is not AutoReceivedMessage ? Deliver(envelope.Message, envelope.Sender) : HandleSpecial(envelope);

    private ValueTask Deliver(object message, ActorRef sender)
    {
        (_message, _sender) = (message, sender);
        var tick = _handlingTick = System.CoarseTick;
        try
        {
            var handling = _actor!.Receive(message);
            if (!handling.IsCompletedSuccessfully)
            {
                return Guard(handling, message, tick);
            }
        }
#pragma warning disable CA1031 // every exception of an actor is its parent's to decide on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            _handlingTick = 0;
            Fail(reason, message);
            return default;
        }

        _handlingTick = 0;
        if (System.CoarseTick != tick)
        {
            System.NoteHandled(_self.Path, message, tick);
        }

        return default;
    }

    private async ValueTask Guard(ValueTask handling, object? message, int tick)
    {
        try
        {
            await handling;
        }
#pragma warning disable CA1031 // every exception of an actor is its parent's to decide on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            Fail(reason, message);
        }

        _handlingTick = 0;
        if (message is not null)
        {
            System.NoteHandled(_self.Path, message, tick);
        }
    }

    private ValueTask HandleSpecial(in Envelope envelope)
    {
        if (_state == CellState.Stopped)
        {
            RecordUndelivered(envelope, "stopped");
            return default;
        }

        var handling = HandleAutoReceived(envelope);
        return _attachments?.ReceiveTimeout is null ? handling : RearmAfter(handling);
    }

    private async ValueTask RearmAfter(ValueTask handling)
    {
        await handling;
        ArmReceiveTimeout();
    }

    private ValueTask HandleAutoReceived(in Envelope envelope)
    {
        switch (envelope.Message)
        {
            case PoisonPill:
                return Terminate();
            case Terminated terminated:
                return _attachments?.DeathWatch?.Take(terminated.Actor) == true ? Deliver(terminated, envelope.Sender) : default;
            case AutoReceivedMessage.TimerFired fired:
                return _attachments?.Timers?.Take(fired) == true ? Deliver(fired.Message, envelope.Sender) : default;
            case AutoReceivedMessage.Caused caused:
                return DeliverCaused(caused, envelope.Sender);
            case AutoReceivedMessage.Delivery delivery:
                return DeliverAndSay(delivery, envelope.Sender);
            case AutoReceivedMessage.Continuation continuation:
                return continuation.Incarnation == Restarts ? Reenter(continuation) : default;
            default:
                return Deliver(envelope.Message, envelope.Sender);
        }
    }

    /// <summary>The id is ambient while the message is handled: what the actor tells, asks, persists and logs carries it on.</summary>
    private async ValueTask DeliverCaused(AutoReceivedMessage.Caused caused, ActorRef sender)
    {
        using (var scope = Causality.Begin(caused.CausalityId))
        using (System.Log.BeginScope(scope))
        {
            await HandleAutoReceived(new Envelope(caused.Message, sender));
        }
    }

    private async ValueTask DeliverAndSay(AutoReceivedMessage.Delivery delivery, ActorRef sender)
    {
        await Deliver(delivery.Message, sender);
        delivery.Handled(true);
    }

    private ValueTask Reenter(AutoReceivedMessage.Continuation continuation)
    {
        (_message, _sender) = (null, continuation.Sender);
        try
        {
            var handling = continuation.Run();
            return handling.IsCompletedSuccessfully ? default : Guard(handling, null, 0);
        }
#pragma warning disable CA1031 // every exception of an actor is its parent's to decide on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            Fail(reason, null);
            return default;
        }
    }
}
