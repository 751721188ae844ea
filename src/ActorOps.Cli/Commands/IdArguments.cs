using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorOps.Cli.Commands;

/// <summary>Ids as arguments: what is not an id is refused by name, with the command that shows ids.</summary>
internal static class IdArguments
{
    /// <summary>One id.</summary>
    public static Argument<Guid> One(string name, string description, string shownBy) => new(name) { Description = description, CustomParser = result => Parse(result, shownBy).FirstOrDefault() };

    /// <summary>One id, or none.</summary>
    public static Argument<Guid?> Optional(string name, string description, string shownBy) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => Parse(result, shownBy) is [var id, ..] ? id : null,
    };

    /// <summary>One id or more.</summary>
    public static Argument<Guid[]> Several(string name, string description, string shownBy) => new(name) { Description = description, Arity = ArgumentArity.OneOrMore, CustomParser = result => [.. Parse(result, shownBy)] };

    private static List<Guid> Parse(ArgumentResult result, string shownBy)
    {
        var ids = new List<Guid>();
        foreach (var token in result.Tokens)
        {
            if (Guid.TryParse(token.Value, out var id))
            {
                ids.Add(id);
            }
            else
            {
                result.AddError($"'{token.Value}' is not an id; to see the ids: actorops {shownBy}");
            }
        }

        return ids;
    }
}
