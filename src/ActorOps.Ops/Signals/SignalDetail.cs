namespace ActorOps.Ops.Signals;

/// <summary>Texts of a signal.</summary>
/// <param name="Id">Order id, fill id, prediction id, error code or metric name.</param>
/// <param name="OrderId">Order of a fill.</param>
/// <param name="Buy">Side of an order or fill.</param>
/// <param name="Message">Message of an error.</param>
public sealed record SignalDetail(string Id, string? OrderId = null, bool Buy = false, string? Message = null);
