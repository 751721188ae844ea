using System.Collections;
using ActorOps.Hocon;
using ActorOps.Hocon.Binding;

namespace ActorOps.Server.Configuration;

/// <summary>Layers: reference, file, environment, command line. Gathers every error there is.</summary>
internal sealed class NodeConfiguration
{
    private NodeConfiguration(NodeOptions options, IReadOnlyList<BindingError> errors, IReadOnlyList<(string Key, string? Value, string From)> items) =>
        (Options, Errors, Items) = (options, errors, items);

    public NodeOptions Options { get; }

    public IReadOnlyList<BindingError> Errors { get; }

    /// <summary>Settings in force with their origin, as they may be shown: secrets are masked. Empty when there are errors.</summary>
    public IReadOnlyList<(string Key, string? Value, string From)> Items { get; }

    public static NodeConfiguration Load(string? file, IReadOnlyList<string> sets, IDictionary environment)
    {
        var variables = environment.Keys.Cast<string>().Select(name => KeyValuePair.Create(name, (string?)environment[name] ?? string.Empty)).ToList();
        try
        {
            var layers = Layers(file, sets, variables);
            var source = new HoconConfigurationSource { Layers = layers, Options = new HoconReadOptions { Environment = name => variables.Find(variable => variable.Key == name) is { Key: not null } found ? found.Value : null } };
            var provider = new HoconConfigurationProvider(source);
            var root = new ConfigurationRoot([provider]);
            return Bind(root, provider.Positions);
        }
        catch (HoconException error)
        {
            return Failed(new BindingError("syntax", error.Position, error.Problem));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(new BindingError("--config", null, $"cannot read {file}: {error.Message}"));
        }
    }

    public static string ReferenceText()
    {
        using var stream = typeof(NodeConfiguration).Assembly.GetManifestResourceStream("reference.conf") ?? throw new InvalidOperationException("reference.conf is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static NodeConfiguration Failed(BindingError error) => new(new NodeOptions(), [error], []);

    private static List<(string Name, string Text)> Layers(string? file, IReadOnlyList<string> sets, List<KeyValuePair<string, string>> variables)
    {
        var layers = new List<(string, string)> { ("reference.conf", ReferenceText()) };
        if (file is not null)
        {
            layers.Add((file, File.ReadAllText(file)));
        }

        layers.Add(("environment", EnvironmentOverrides.ToHocon(variables)));
        if (variables.Find(variable => variable.Key == "ACTOROPS_DATA") is { Key: not null } data)
        {
            layers.Add(("ACTOROPS_DATA", $"actorops.data = {EnvironmentOverrides.Quote(data.Value)}"));
        }

        // The name is the key alone: it is shown beside the setting, and in errors.
        layers.AddRange(sets.Select(set => ($"--set {set.Split('=')[0].Trim()}", set)));
        return layers;
    }

    private static NodeConfiguration Bind(ConfigurationRoot root, IReadOnlyDictionary<string, SourcePosition> positions)
    {
        var binder = new OptionsBinder(positions);
        foreach (var other in root.GetChildren().Where(child => !child.Key.Equals("actorops", StringComparison.OrdinalIgnoreCase)))
        {
            UnknownRoot(other.Key, positions, binder);
        }

        var options = binder.Bind<NodeOptions>(root.GetSection("actorops"));
        NodeRules.Check(options, binder);
        if (binder.Errors.Count > 0)
        {
            return new NodeConfiguration(options, binder.Errors, []);
        }

        var items = root.AsEnumerable().Where(item => item.Value is not null).OrderBy(item => item.Key, StringComparer.Ordinal)
            .Select(item => (item.Key.Replace(':', '.'), (string?)ShownSettings.Show(item.Key, item.Value!), positions.TryGetValue(item.Key, out var position) ? position.ToString() : string.Empty))
            .ToList();
        return new NodeConfiguration(options, [], items);
    }

    /// <summary>The first key of a file of another kind may be half of a secret, so it is named only where it was typed as a key: in the environment and on the command line.</summary>
    private static void UnknownRoot(string key, IReadOnlyDictionary<string, SourcePosition> positions, OptionsBinder binder)
    {
        const string Problem = "unknown root; every setting stands under 'actorops'";
        if (positions.TryGetValue(key, out var position) && (position.File == "environment" || position.File.StartsWith("--set ", StringComparison.Ordinal)))
        {
            binder.Add(key, Problem);
        }
        else
        {
            binder.Add(new BindingError("(root)", position.File is null ? null : position, Problem));
        }
    }
}
