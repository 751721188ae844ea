using ActorOps.PaperDesk.Strategies;

namespace ActorOps.PaperDesk.Brokers;

/// <summary>An order on its way through the paper broker.</summary>
internal sealed class PaperOrder(string id, Strategy strategy, int signedQuantity, decimal arrivalPrice, bool increasing, DateTimeOffset submittedAt)
{
    public string Id => id;

    public Strategy Strategy => strategy;

    public int SignedQuantity { get; } = signedQuantity;

    public int Remaining { get; set; } = signedQuantity;

    public decimal ArrivalPrice => arrivalPrice;

    public bool Increasing => increasing;

    public DateTimeOffset SubmittedAt => submittedAt;

    public string State { get; set; } = "new";

    public int Fills { get; set; }

    public TimeSpan NextStepAt { get; set; }

    public bool CancelRequested { get; set; }

    public bool IsDone => State is "filled" or "canceled" or "rejected";
}
