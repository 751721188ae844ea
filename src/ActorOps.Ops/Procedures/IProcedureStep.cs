using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Procedures;

/// <summary>One step. Its effect has a key made of the procedure's id and its name, so that to do it twice is to do it once.</summary>
internal interface IProcedureStep
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>What it would do, exactly; nothing is changed by asking.</summary>
    string Describe(Procedure procedure);

    /// <summary>Messages that are stored together with the intent to send them.</summary>
    IReadOnlyList<OutboxMessage> Messages(Procedure procedure) => [];

    /// <summary>Whether an attempt of which nobody knows the end has had its effect; null: it has not, do it.</summary>
    Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation);

    /// <summary>Does it, and looks whether it is done.</summary>
    Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation);
}
