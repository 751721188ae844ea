using Microsoft.Extensions.Configuration;

namespace ActorOps.Architecture.Tests.Planted;

/// <summary>Types that know what the domain must not know.</summary>
internal static class PlantedDomain
{
    internal sealed class KnowsTheWebServer
    {
        public Microsoft.AspNetCore.Http.HttpContext? Context { get; init; }
    }

    internal sealed class KnowsTheDatabase
    {
        public static object Open() => new Npgsql.NpgsqlConnection();
    }

    internal sealed class KnowsTheConfiguration
    {
        public static string? Read(IConfiguration configuration) => configuration["x"];
    }

    internal sealed class KnowsTheNetwork
    {
        public static object Open() => new System.Net.Http.HttpClient();
    }
}
