using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Ops.Access;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http;

/// <summary>Reads bodies and checks roles, with one answer for each way they can be wrong.</summary>
internal static class Bodies
{
    private static readonly ConcurrentDictionary<JsonSerializerOptions, JsonSerializerOptions> StrictOptions = new();

    /// <summary>Checks the role, reads the JSON body, runs the action. Not strict: of a batch whose parts are judged one by one.</summary>
    public static Task<IResult> HandleAsync<T>(HttpContext context, Func<Principal, bool> may, string needs, JsonTypeInfo<T> type, Func<Principal, T, string, Task<IResult>> action, bool isStrict = true)
        where T : class => HandleTextAsync(context, may, needs, (by, text) =>
    {
        try
        {
            return JsonSerializer.Deserialize(text, isStrict ? Strict(type) : type) is { } body
                ? action(by, body, text)
                : Task.FromResult(Problems.Result(400, "bad-json", "the body is null, expected an object"));
        }
        catch (JsonException error)
        {
            var said = Say(error);
            return Task.FromResult(Problems.Result(400, "bad-json", said, errors: [new Client.Wire.ProblemErrorView("/" + error.Path?.TrimStart('$', '.').Replace('.', '/'), said)]));
        }
    });

    /// <summary>Checks the role, reads the body as text, runs the action.</summary>
    public static async Task<IResult> HandleTextAsync(HttpContext context, Func<Principal, bool> may, string needs, Func<Principal, string, Task<IResult>> action)
    {
        if (Refuse(context, may, needs) is { } refused)
        {
            return refused;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);

        // A body may have taken its time.
        return Identities.StillHolds(context)
            ? await action(Identities.Of(context)!, text).ConfigureAwait(false)
            : Problems.Result(401, "unauthenticated", "the token was revoked or has expired while the body was read");
    }

    /// <summary>What is wrong, and where; names of our own types tell a caller nothing.</summary>
    private static string Say(JsonException error) =>
        !error.Message.Contains("ActorOps.", StringComparison.Ordinal) ? error.Message
        : error.Message.StartsWith("Duplicate property", StringComparison.Ordinal) ? error.Message.Split(" encountered")[0] + ": a key may be there once"
        : $"not of the form that is expected, at line {error.LineNumber + 1}, byte {error.BytePositionInLine}: {error.Path ?? "$"}; the API is described at /openapi/v1.json";

    /// <summary>The same type read strictly: of a key that is there twice, two readers could take either.</summary>
    private static JsonTypeInfo<T> Strict<T>(JsonTypeInfo<T> type) =>
        (JsonTypeInfo<T>)StrictOptions.GetOrAdd(type.Options, static options => new JsonSerializerOptions(options) { AllowDuplicateProperties = false }).GetTypeInfo(typeof(T));

    /// <summary>A refusal when the caller's roles do not allow it, else null.</summary>
    public static IResult? Refuse(HttpContext context, Func<Principal, bool> may, string needs)
    {
        var principal = Identities.Of(context);
        return principal is null ? Problems.Result(401, "unauthenticated", "send a token: Authorization: Bearer <token>")
            : may(principal) ? null
            : Problems.Result(403, "forbidden", $"'{principal.Name}' may not do this; it needs the role {needs}");
    }
}
