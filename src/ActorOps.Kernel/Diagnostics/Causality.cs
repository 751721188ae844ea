using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Diagnostics;

/// <summary>
/// The id of what set things going: a request, a command. Between <see cref="Begin"/> and its disposal it is ambient; what is told or asked
/// meanwhile carries it, and while an actor handles such a message it is ambient there, in turn, also in the log and in journal entries.
/// Until the first use it costs nothing.
/// </summary>
public static class Causality
{
    private static readonly AsyncLocal<string?> Ambient = new();
    private static volatile bool _isInUse;

    /// <summary>The id in force; null when there is none.</summary>
    public static string? Current => _isInUse ? Ambient.Value : null;

    internal static bool IsInUse => _isInUse;

    /// <summary>Puts an id in force until the scope is disposed; scopes nest.</summary>
    public static CausalityScope Begin(string id)
    {
        _isInUse = true;
        var scope = new CausalityScope(id, Ambient.Value);
        Ambient.Value = id;
        return scope;
    }

    internal static void Restore(string? id) => Ambient.Value = id;

    /// <summary>The message with the id in force, if there is one.</summary>
    internal static object Mark(object message) =>
        Current is { } id && message is not AutoReceivedMessage.Caused ? new AutoReceivedMessage.Caused(message, id) : message;
}
