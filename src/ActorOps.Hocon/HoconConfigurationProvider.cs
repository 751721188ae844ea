using Microsoft.Extensions.Configuration;

namespace ActorOps.Hocon;

/// <summary>Flattens a resolved document to configuration keys and keeps where each value was written.</summary>
public sealed class HoconConfigurationProvider(HoconConfigurationSource source) : ConfigurationProvider
{
    private readonly Dictionary<string, SourcePosition> _positions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where each key's value was written; keys as in <see cref="IConfiguration"/>, separated by colons.</summary>
    public IReadOnlyDictionary<string, SourcePosition> Positions => _positions;

    /// <inheritdoc/>
    /// <exception cref="HoconException">At the first error of the text.</exception>
    public override void Load()
    {
        Data.Clear();
        _positions.Clear();
        Add(string.Empty, HoconDocument.Resolve(source.Layers, source.Options));
    }

    private void Add(string key, HoconValue value)
    {
        if (key.Length > 0)
        {
            _positions[key] = value.Position;
        }

        switch (value)
        {
            case HoconObject { Fields.Count: 0 } or HoconArray { Items.Count: 0 } when key.Length > 0:
                // A key without a value: there, and empty. `feeds { spy {} }` names a feed.
                Data[key] = null;
                break;
            case HoconObject nested:
                foreach (var (name, field) in nested.Fields)
                {
                    Add(Join(key, name), field);
                }

                break;
            case HoconArray array:
                for (var i = 0; i < array.Items.Count; i++)
                {
                    Add(Join(key, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), array.Items[i]);
                }

                break;
            case HoconScalar scalar:
                Data[key] = scalar.Kind == HoconScalarKind.Null ? null : scalar.Text;
                break;
        }
    }

    private static string Join(string key, string name) => key.Length == 0 ? name : ConfigurationPath.Combine(key, name);
}
