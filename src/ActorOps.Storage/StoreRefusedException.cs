namespace ActorOps.Storage;

/// <summary>A store or data directory that must not be opened; nothing was changed. The message names the file and what to do.</summary>
public sealed class StoreRefusedException(string message, Exception? inner = null) : IOException(message, inner);
