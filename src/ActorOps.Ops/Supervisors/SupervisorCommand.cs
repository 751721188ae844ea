
namespace ActorOps.Ops.Supervisors;

/// <summary>What a supervisor is told.</summary>
internal abstract record SupervisorCommand
{
    /// <summary>Signals wait in the inbox.</summary>
    public sealed record Drain : SupervisorCommand
    {
        public static Drain Instance { get; } = new();
    }

    /// <summary>A second has passed.</summary>
    public sealed record Tick : SupervisorCommand
    {
        public static Tick Instance { get; } = new();
    }

    /// <summary>A strategy's P&amp;L for a scope above it.</summary>
    public sealed record Contribute(string Strategy, long Day, double Cumulative, long AtMs) : SupervisorCommand;

    /// <summary>Lines of the desk were lost.</summary>
    public sealed record Gap : SupervisorCommand;

    /// <summary>Answer with a <see cref="SupervisorDetail"/>.</summary>
    public sealed record Inspect : SupervisorCommand;

    /// <summary>A scope's strategies and AUM have changed.</summary>
    public sealed record SetMembers(double Aum, IReadOnlyList<string> Strategies) : SupervisorCommand;

    /// <summary>A strategy's AUM has changed.</summary>
    public sealed record SetAum(double Aum) : SupervisorCommand;

    /// <summary>The scopes above a strategy are supervised elsewhere now.</summary>
    public sealed record SetAbove(IReadOnlyList<ScopeRoute> Above) : SupervisorCommand;
}
