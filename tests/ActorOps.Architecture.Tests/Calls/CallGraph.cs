using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ActorOps.Architecture.Tests.Calls;

/// <summary>
/// Who calls whom, read from compiled assemblies: through helpers, lambdas, iterators and async methods, and from an interface or a virtual method to everything
/// that implements it. What a delegate that was handed over will call is beyond it.
/// </summary>
internal sealed class CallGraph
{
    private readonly Dictionary<string, MethodDefinition> _methods;
    private readonly ILookup<string, MethodDefinition> _overrides;

    public CallGraph(IEnumerable<string> assemblies)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        var types = assemblies.SelectMany(path => AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver }).MainModule.GetTypes()).ToList();
        _methods = types.SelectMany(type => type.Methods).DistinctBy(method => method.FullName).ToDictionary(method => method.FullName);
        _overrides = types.SelectMany(type => type.Methods).Where(method => method.IsVirtual && method.HasBody).ToLookup(Signature);
    }

    /// <summary>The product's own assemblies and this one.</summary>
    public static CallGraph OfProduct { get; } = new(Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(path =>
        Path.GetFileNameWithoutExtension(path) is { } name && (name is "actorops-node" || (name.StartsWith("ActorOps.", StringComparison.Ordinal) && (!name.EndsWith(".Tests", StringComparison.Ordinal) || name == "ActorOps.Architecture.Tests")))));

    public MethodDefinition Find(Type type, string method) => _methods.Values.Single(found => found.DeclaringType.FullName == type.FullName!.Replace('+', '/') && found.Name == method);

    /// <summary>Every call that can follow from a method, each with the way to it.</summary>
    public IEnumerable<Call> From(MethodDefinition start)
    {
        var seen = new HashSet<string> { start.FullName };
        var open = new Queue<(MethodDefinition Method, string Way)>([(start, start.Name)]);
        while (open.TryDequeue(out var caller))
        {
            foreach (var target in Targets(caller.Method))
            {
                yield return new Call(caller.Method, target, caller.Way);
                foreach (var next in Bodies(target).Where(next => seen.Add(next.FullName)))
                {
                    open.Enqueue((next, $"{caller.Way} > {next.DeclaringType.Name}.{next.Name}"));
                }
            }
        }
    }

    /// <summary>Calls in the order in which they stand in a method, those of its async body among them.</summary>
    public IEnumerable<MethodReference> InOrder(MethodDefinition method) =>
        method.HasBody ? Body(method).Body.Instructions.Where(instruction => instruction.OpCode.FlowControl == FlowControl.Call).Select(instruction => instruction.Operand).OfType<MethodReference>() : [];

    private static IEnumerable<MethodReference> Targets(MethodDefinition method) =>
        Body(method).Body?.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>() ?? [];

    /// <summary>An async or iterator method is a stub; what it does stands in the MoveNext of its machine.</summary>
    private static MethodDefinition Body(MethodDefinition method) =>
        method.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute") is { } machine
            ? ((TypeReference)machine.ConstructorArguments[0].Value).Resolve().Methods.Single(found => found.Name == "MoveNext")
            : method;

    private IEnumerable<MethodDefinition> Bodies(MethodReference target)
    {
        var element = target.GetElementMethod();
        if (!element.DeclaringType.Namespace.StartsWith("System", StringComparison.Ordinal) && Own(element) is { } own)
        {
            return own.IsVirtual ? _overrides[Signature(own)].Where(method => Is(method.DeclaringType, own.DeclaringType)).Append(own).Where(method => method.HasBody) : own.HasBody ? [own] : [];
        }

        return [];
    }

    private MethodDefinition? Own(MethodReference reference) => _methods.GetValueOrDefault(reference.FullName) ?? (reference.DeclaringType.Scope.Name.StartsWith("ActorOps", StringComparison.Ordinal) || reference.DeclaringType.IsNested || reference.DeclaringType.IsGenericInstance ? reference.Resolve() is { } found ? _methods.GetValueOrDefault(found.FullName) : null : null);

    /// <summary>Whether a type is another one, derives from it or implements it.</summary>
    private static bool Is(TypeDefinition? type, TypeDefinition other)
    {
        for (; type is not null; type = type.BaseType?.Resolve())
        {
            if (type.FullName == other.FullName || type.Interfaces.Any(implemented => implemented.InterfaceType.GetElementType().FullName == other.FullName || Is(implemented.InterfaceType.Resolve(), other)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Signature(MethodDefinition method) => $"{method.Name[(method.Name.LastIndexOf('.') + 1)..]}/{method.Parameters.Count}";
}
