namespace ActorOps.Ops.Signals;

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Lines counted.</param>
/// <param name="Rejected">Lines refused.</param>
/// <param name="Errors">The first hundred refusals.</param>
/// <param name="Repeated">Lines of an earlier batch that were not counted again.</param>
/// <param name="Missing">Lines before this batch that never came.</param>
public sealed record SignalBatchResult(long Accepted, long Rejected, IReadOnlyList<SignalError> Errors, long Repeated, long Missing)
{
    /// <summary>The first hundred fields that were refused on their own.</summary>
    public IReadOnlyList<SignalWarning> Warnings { get; init => field = value ?? []; } = [];
}
