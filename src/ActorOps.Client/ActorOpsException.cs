using ActorOps.Client.Wire;

namespace ActorOps.Client;

/// <summary>The server refused, with its problem details.</summary>
public sealed class ActorOpsException(ProblemView problem) : Exception($"{problem.Code}: {problem.Detail ?? problem.Title}")
{
    /// <summary>What it said.</summary>
    public ProblemView Problem { get; } = problem;
}
