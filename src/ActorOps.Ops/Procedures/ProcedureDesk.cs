using System.Collections.Concurrent;
using ActorOps.Kernel.Asking;
using ActorOps.Ops.Peers;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Procedures;

/// <summary>
/// Door to procedures: gives them to the singleton, and while that cannot be reached runs one that only takes risk off here and now, and has it kept when
/// the store is back.
/// </summary>
public sealed class ProcedureDesk
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, Procedure> _alone = new();
    private readonly ConcurrentDictionary<Guid, Procedure> _begun = new();
    private readonly ProcedureKinds _kinds;
    private readonly Func<ProcedureState> _stored;
    private readonly IPeers _peers;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    internal ProcedureDesk(ProcedureKinds kinds, Func<ProcedureState> stored, IPeers peers, TimeProvider time, ILogger log) =>
        (_kinds, _stored, _peers, _time, _log) = (kinds, stored, peers, time, log);

    /// <summary>Those that run, and the last ones that are over, newest first.</summary>
    public IReadOnlyList<Procedure> All => [.. _stored().Procedures.Values.Concat(_begun.Values).Concat(_alone.Values).DistinctBy(procedure => procedure.ProcedureId).OrderByDescending(procedure => procedure.StartedAt).ThenBy(procedure => procedure.ProcedureId)];

    /// <summary>One by id; null: not known here.</summary>
    public Procedure? Find(Guid id) => _stored() is var stored && stored.IsForgotten(id) ? null : stored.Procedures.GetValueOrDefault(id) ?? _begun.GetValueOrDefault(id) ?? _alone.GetValueOrDefault(id);

    /// <summary>What it would do, exactly, or why it cannot be begun. Nothing is changed.</summary>
    public (Procedure Planned, string? Problem) Plan(Procedure procedure) => _kinds.Plan(procedure);

    /// <summary>Begins it; asked twice under one id, it begins once.</summary>
    /// <param name="procedure">What to run.</param>
    /// <param name="mayRunAlone">True for one whose steps only take risk off: without the singleton it runs on this node.</param>
    /// <returns>The procedure as it stands, or why it was not begun.</returns>
    public async Task<(Procedure? Procedure, string? Code, string? Why)> StartAsync(Procedure procedure, bool mayRunAlone)
    {
        try
        {
            return await _peers.Singleton("procedures").Ask<ProcedureReply>(new ProcedureCommand.Start(procedure), AnswerWithin, _time).ConfigureAwait(false) switch
            {
                ProcedureReply.Accepted accepted => (Remember(accepted.Procedure), null, null),
                ProcedureReply.Rejected rejected => (null, rejected.Code, rejected.Why),
                var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
            };
        }
        catch (Exception reason) when (mayRunAlone && reason is AskTimeoutException or UndeliveredException)
        {
            ProcedureLog.RunsAlone(_log, procedure.ProcedureId, reason.Message);
            var (planned, problem) = _kinds.Plan(procedure);
            if (problem is null && _alone.TryAdd(planned.ProcedureId, planned))
            {
                _ = RunAloneAsync(planned);
            }

            return problem is null ? (planned, null, null) : (null, "cannot-start", problem);
        }
    }

    /// <summary>Starts it, and asks again until the start is on record: used for automatic procedures.</summary>
    public async Task InsistAsync(Procedure procedure)
    {
        while (true)
        {
            try
            {
                await StartAsync(procedure, mayRunAlone: false).ConfigureAwait(false);
                return;
            }
            catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException)
            {
                await Task.Delay(Pause, _time).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The singleton's journal may reach this node after its answer: until then, the answer is what is known.</summary>
    private Procedure Remember(Procedure begun)
    {
        var stored = _stored();
        _begun[begun.ProcedureId] = begun;
        foreach (var id in _begun.Keys.Where(id => stored.Procedures.ContainsKey(id) || stored.IsForgotten(id)))
        {
            _begun.TryRemove(id, out _);
        }

        return begun;
    }

    private async Task RunAloneAsync(Procedure procedure)
    {
        foreach (var due in procedure.Steps)
        {
            var step = _kinds.StepOf(procedure, due.Name);
            var began = _time.GetUtcNow();

            // What goes out through the store cannot go out without it, and what waits for a person waits for the store.
            var outcome = step is null || step.Messages(procedure).Count > 0
                ? new StepOutcome(StepState.Unknown, "there was no store to send it through")
                : await StepRunner.RunAsync(step, procedure, isResumed: false, CancellationToken.None).ConfigureAwait(false);
            procedure = procedure.With(due.Name, known => known with
            {
                State = outcome.State == StepState.Waiting ? StepState.Skipped : outcome.State,
                Attempts = 1,
                Detail = outcome.Detail,
                BeganAt = began,
                EndedAt = _time.GetUtcNow(),
            }) with
            { Certificate = outcome.Certificate ?? procedure.Certificate };
            _alone[procedure.ProcedureId] = procedure;
            ProcedureLog.StepEnded(_log, procedure.ProcedureId, due.Name, outcome.State.ToString(), outcome.Detail);
        }

        var ended = procedure with { Outcome = _kinds.Find(procedure.Kind)?.OutcomeOf(procedure) ?? "UNKNOWN", EndedAt = _time.GetUtcNow() };
        _alone[procedure.ProcedureId] = ended;
        ProcedureLog.Ended(_log, ended.ProcedureId, ended.Summary!);
        await KeepAsync(ended).ConfigureAwait(false);
    }

    private async Task KeepAsync(Procedure ended)
    {
        while (true)
        {
            try
            {
                await _peers.Singleton("procedures").Ask<ProcedureReply>(new ProcedureCommand.Keep(ended), AnswerWithin, _time).ConfigureAwait(false);
                return;
            }
            catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException)
            {
                await Task.Delay(Pause, _time).ConfigureAwait(false);
            }
        }
    }
}
