namespace ActorOps.Ops.Signals;

/// <summary>Known names of fields, and the place of each in the scratch table of a line.</summary>
internal enum SignalField
{
    Type, At, Kind, Id, RttMs, Count, Errors, LatencyMs, Strategy, Realized, Unrealized, Equity, OrderId, Broker, Account, Symbol, Side, Qty,
    Limit, State, SubmittedAt, Version, FillId, Price, ArrivalPrice, SimulatedPrice, Fee, Feed, Bid, Ask, Last, Size, ExchangeAt, Seq, AvgPrice,
    Source, Model, Score, Label, PredictionId, Values, Name, Value, Code, Message, Unknown,
}
