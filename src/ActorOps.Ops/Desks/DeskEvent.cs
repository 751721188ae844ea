using System.Text.Json.Serialization;

namespace ActorOps.Ops.Desks;

/// <summary>What has happened to the registry.</summary>
[JsonDerivedType(typeof(DeskRegistered), "desks.registered.v1")]
public abstract record DeskEvent
{
    private DeskEvent()
    {
    }

    /// <summary>A desk is registered as this from now on.</summary>
    public sealed record DeskRegistered(Desk Desk, string By) : DeskEvent;
}
