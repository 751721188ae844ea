namespace ActorOps.Hocon.Tests.Conformance;

internal sealed class RequiresTypesafeFactAttribute : FactAttribute
{
    public RequiresTypesafeFactAttribute()
    {
        if (!TypesafeOracle.Available)
        {
            Skip = "needs Java and libtypesafe-config-java";
        }
    }
}
