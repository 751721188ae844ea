namespace ActorOps.Server.Http.Pages;

/// <summary>What a person typed into the form for nodes.</summary>
internal sealed record NodeFields(string Node, string Verb, string Reason)
{
    /// <summary>The action that the form's token is for.</summary>
    public const string Action = "cluster";

    public static NodeFields Empty { get; } = new(string.Empty, string.Empty, string.Empty);

    public static NodeFields Of(IFormCollection form) => new(form["node"].ToString(), form["verb"].ToString(), form["reason"].ToString().Trim());
}
