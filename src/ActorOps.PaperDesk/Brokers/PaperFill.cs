namespace ActorOps.PaperDesk.Brokers;

/// <summary>An execution.</summary>
internal sealed record PaperFill(string FillId, PaperOrder Order, int SignedQuantity, decimal Price, decimal SimulatedPrice, decimal Fee);
