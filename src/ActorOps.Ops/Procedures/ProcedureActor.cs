using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Procedures;

/// <summary>
/// Runs procedures: intent on record before each effect, outcome after it. The next holder continues where the last one stopped; a step of which only the intent
/// is known is verified before it is repeated. A step that fails does not keep the next ones from being done.
/// </summary>
internal sealed class ProcedureActor(EventSourcedOptions store, Projection<ProcedureState, ProcedureEvent> projection, ProcedureKinds kinds, ILogger log)
    : ProjectedActor<ProcedureState, ProcedureEvent>(store, projection)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly HashSet<(Guid Procedure, string Step, int Attempt)> _inHand = [];

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override async ValueTask Recovered()
    {
        await base.Recovered().ConfigureAwait(false);
        foreach (var procedure in State.Running)
        {
            Self.Tell(new Continue(procedure.ProcedureId, IsResumed: true));
        }
    }

    protected override async ValueTask ReceiveCommand(object message)
    {
        switch (message)
        {
            case ProcedureCommand.Start { Procedure: var asked } when State.Procedures.TryGetValue(asked.ProcedureId, out var known):
                Sender.Tell(new ProcedureReply.Accepted(known));
                break;
            case ProcedureCommand.Start { Procedure: var asked } when State.IsForgotten(asked.ProcedureId):
                Sender.Tell(new ProcedureReply.Rejected("ran-already", $"{asked.Kind} {asked.ProcedureId} ran long ago, under the same key; the journal has its record. Use another key to run it again"));
                break;
            case ProcedureCommand.Start start:
                await StartAsync(start.Procedure).ConfigureAwait(false);
                break;
            case ProcedureCommand.Keep keep:
                if (!State.Procedures.ContainsKey(keep.Procedure.ProcedureId) && !State.IsForgotten(keep.Procedure.ProcedureId))
                {
                    await PersistAsync(NewId(), [new ProcedureEvent.Kept(keep.Procedure)]).ConfigureAwait(false);
                }

                Sender.Tell(new ProcedureReply.Accepted(State.Procedures.GetValueOrDefault(keep.Procedure.ProcedureId, keep.Procedure)));
                break;
            case Continue next:
                await ContinueAsync(next).ConfigureAwait(false);
                break;
            case Finished finished:
                await FinishAsync(finished).ConfigureAwait(false);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async ValueTask StartAsync(Procedure asked)
    {
        var (planned, problem) = kinds.Plan(asked with { Certificate = null, Outcome = null, EndedAt = null });
        if (problem is not null)
        {
            Sender.Tell(new ProcedureReply.Rejected("cannot-start", problem));
            return;
        }

        ProcedureLog.Started(log, planned.Kind, planned.ProcedureId, planned.Scope.ToString(), planned.Reason);
        await PersistAsync(NewId(), [new ProcedureEvent.Started(planned)]).ConfigureAwait(false);
        Sender.Tell(new ProcedureReply.Accepted(planned));
        await ContinueAsync(new Continue(planned.ProcedureId, IsResumed: false)).ConfigureAwait(false);
    }

    private async ValueTask ContinueAsync(Continue next)
    {
        if (!State.Procedures.TryGetValue(next.ProcedureId, out var procedure) || procedure.EndedAt is not null)
        {
            return;
        }

        if (procedure.Steps.FirstOrDefault(step => step.State is StepState.Waiting or StepState.Intended) is not { } due)
        {
            var outcome = kinds.Find(procedure.Kind)?.OutcomeOf(procedure) ?? "UNKNOWN";
            ProcedureLog.Ended(log, procedure.ProcedureId, (procedure with { Outcome = outcome }).Summary!);
            await PersistAsync(NewId(), [new ProcedureEvent.Ended(procedure.ProcedureId, outcome, procedure.Certificate, Now)]).ConfigureAwait(false);
            return;
        }

        var attempt = due.State == StepState.Waiting ? due.Attempts + 1 : due.Attempts;
        if (!_inHand.Add((procedure.ProcedureId, due.Name, attempt)))
        {
            // It is already running: two recoveries in a row both say continue.
            return;
        }

        var step = kinds.StepOf(procedure, due.Name);
        var isResumed = due.State == StepState.Intended && next.IsResumed;
        if (due.State == StepState.Waiting)
        {
            await PersistAsync(NewId(), [new ProcedureEvent.StepIntended(procedure.ProcedureId, due.Name, attempt, Now)], step?.Messages(procedure)).ConfigureAwait(false);
        }

        var self = Self;
        var current = State.Procedures[procedure.ProcedureId];
        Context.StartTask(async cancellation =>
        {
            var outcome = await StepRunner.RunAsync(step, current, isResumed, cancellation).ConfigureAwait(false);
            self.Tell(new Finished(current.ProcedureId, due.Name, attempt, outcome));
        });
    }

    private async ValueTask FinishAsync(Finished finished)
    {
        _inHand.Remove((finished.ProcedureId, finished.Step, finished.Attempt));
        if (!State.Procedures.TryGetValue(finished.ProcedureId, out var procedure) || procedure.Step(finished.Step) is not { State: StepState.Intended } step || step.Attempts != finished.Attempt)
        {
            // Said by a run from before a recovery; the step has ended by another one's word since.
            return;
        }

        var outcome = finished.Outcome;
        var isAgain = outcome.State == StepState.Waiting || (outcome is { State: StepState.Failed, IsFinal: false } && step.Attempts < StepRunner.MostAttempts);
        if (outcome.State != StepState.Waiting)
        {
            ProcedureLog.StepEnded(log, procedure.ProcedureId, step.Name, outcome.State.ToString(), outcome.Detail);
            List<ProcedureEvent> events = [new ProcedureEvent.StepEnded(procedure.ProcedureId, step.Name, outcome.State, outcome.Detail, Now) { Certificate = outcome.Certificate }];
            if (isAgain)
            {
                events.Add(new ProcedureEvent.StepIntended(procedure.ProcedureId, step.Name, step.Attempts + 1, Now));
            }

            await PersistAsync(NewId(), events).ConfigureAwait(false);
        }

        if (isAgain)
        {
            Context.Timers.StartSingle($"again-{procedure.ProcedureId}", new Continue(procedure.ProcedureId, IsResumed: true), Pause);
            return;
        }

        await ContinueAsync(new Continue(procedure.ProcedureId, IsResumed: false)).ConfigureAwait(false);
    }

    private Guid NewId() => Guid.CreateVersion7(Now);

    private sealed record Continue(Guid ProcedureId, bool IsResumed);

    private sealed record Finished(Guid ProcedureId, string Step, int Attempt, StepOutcome Outcome);
}
