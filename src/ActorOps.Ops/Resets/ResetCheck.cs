namespace ActorOps.Ops.Resets;

/// <summary>One item of a reset's checklist.</summary>
/// <param name="Item">Its key.</param>
/// <param name="Title">What must be so.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Detail">What was found, or who signed.</param>
public sealed record ResetCheck(string Item, string Title, CheckState State, string Detail)
{
    /// <summary>Nothing of it stands in the way.</summary>
    public bool IsDone => State is CheckState.Verified or CheckState.Signed;
}
