using System.Globalization;
using System.Text;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Files;
using ActorOps.Ops.Gates;
using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Rollbacks;

/// <summary>Freezes online learning: by the file that learners read, and by an order to the desks.</summary>
internal sealed class FreezeStep(RollbackServices services) : IProcedureStep
{
    public string Name => "freeze-learning";

    private string FilePath => Path.Combine(services.ConfigDirectory, "online_learning_freeze.json");

    private string Content => string.Create(CultureInfo.InvariantCulture, $"{{\"accept_threshold\": {services.Options.FreezeThreshold}}}\n");

    public string Describe(Procedure procedure) => $"write {FilePath}: {Content.Trim()}; order freeze-learning to the desks of {procedure.Scope}";

    public IReadOnlyList<OutboxMessage> Messages(Procedure procedure) =>
    [
        .. services.ModelsOf(procedure.Scope).Select(known => known.Desk).Distinct().Select(desk => new ControlMessage(
            Notice.IdOf(procedure.ProcedureId, $"{Name} {desk}"), "freeze-learning", procedure.Scope.ToString(), new Dictionary<string, string> { ["reason"] = procedure.Reason }, procedure.StartedAt).ToOutbox(desk)),
    ];

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(null);

    public Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        AtomicText.Write(FilePath, Encoding.UTF8.GetBytes(Content));
        return Task.FromResult(StepOutcome.Done(FilePath));
    }
}
