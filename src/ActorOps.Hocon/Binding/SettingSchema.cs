using System.Collections;
using System.Reflection;

namespace ActorOps.Hocon.Binding;

/// <summary>What the options say of a key, without a value: whether there is such a setting, and whether it is a secret.</summary>
public static class SettingSchema
{
    /// <summary>Type of the value at a path of keys; null when no option has it. Names in dictionaries and places in lists are any.</summary>
    public static Type? Find(Type options, IEnumerable<string> path)
    {
        var type = options;
        foreach (var key in path)
        {
            if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
            {
                type = type.GetGenericArguments()[^1];
            }
            else if (Settings(type).FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is { Type: { } found })
            {
                type = found;
            }
            else
            {
                return null;
            }
        }

        return type;
    }

    /// <summary>Every key under an options type with its type, dotted; the names in a dictionary are <c>*</c>, the places in a list <c>0</c>.</summary>
    public static IEnumerable<(string Key, Type Type)> Walk(Type options, string root) => Settings(options).SelectMany(setting => Leaves(setting.Type, $"{root}.{setting.Key}"));

    private static IEnumerable<(string Key, Type Type)> Leaves(Type type, string key)
    {
        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            return Leaves(type.GetGenericArguments()[^1], key + (typeof(IDictionary).IsAssignableFrom(type) ? ".*" : ".0"));
        }

        return type.IsClass && type != typeof(string) && type != typeof(Secret) ? Walk(type, key) : [(key, type)];
    }

    private static IEnumerable<(string Key, Type Type)> Settings(Type type) =>
        type == typeof(string) || type == typeof(Secret) ? [] : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)
            .Select(property => (KeyNames.ToKey(property.Name), Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
}
