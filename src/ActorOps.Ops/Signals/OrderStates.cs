namespace ActorOps.Ops.Signals;

/// <summary>Wire names of order states and what they mean.</summary>
internal static class OrderStates
{
    private static readonly byte[][] Names = [.. ((string[])["new", "pending", "acknowledged", "partial", "pending-cancel", "filled", "canceled", "rejected", "expired"]).Select(System.Text.Encoding.UTF8.GetBytes)];

    public static bool TryParse(ReadOnlySpan<byte> text, out OrderState state)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (text.SequenceEqual(Names[i]))
            {
                state = (OrderState)i;
                return true;
            }
        }

        state = default;
        return false;
    }

    public static bool IsFinal(this OrderState state) => state >= OrderState.Filled;

    /// <summary>Waiting for the other side's word.</summary>
    public static bool IsPending(this OrderState state) => state is OrderState.New or OrderState.Pending or OrderState.PendingCancel;
}
