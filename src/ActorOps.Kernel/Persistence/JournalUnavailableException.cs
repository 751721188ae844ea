namespace ActorOps.Kernel.Persistence;

/// <summary>The store did not answer, or could not write. What was sent may or may not be stored.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
