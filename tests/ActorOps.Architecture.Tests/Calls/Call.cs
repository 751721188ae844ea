using Mono.Cecil;

namespace ActorOps.Architecture.Tests.Calls;

/// <summary>One call, and the way that led to the method it stands in.</summary>
internal sealed record Call(MethodDefinition Caller, MethodReference Target, string Way)
{
    public override string ToString() => $"{Way} calls {Target.DeclaringType.FullName}.{Target.Name}";
}
