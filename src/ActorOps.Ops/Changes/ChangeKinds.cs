namespace ActorOps.Ops.Changes;

/// <summary>Kinds of changes.</summary>
public static class ChangeKinds
{
    /// <summary>A hold does not count for a while. Two persons approve what a third one asks for.</summary>
    public const string Override = "override";

    /// <summary>Looser limits than those in force.</summary>
    public const string Limits = "limits";

    /// <summary>Positions are closed.</summary>
    public const string Flatten = "flatten";

    /// <summary>A desk's registration loosens a limit. The desk asks for it, so two persons approve.</summary>
    public const string Desk = "desk";

    /// <summary>A principal gets the role risk or admin.</summary>
    public const string Access = "access";

    /// <summary>Approvals that a kind needs; null: there is no such kind.</summary>
    public static int? ApprovalsOf(string kind) => kind switch
    {
        Override or Desk => 2,
        Limits or Flatten or Access => 1,
        _ => null,
    };
}
