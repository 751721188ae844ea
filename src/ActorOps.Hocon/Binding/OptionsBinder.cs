using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ActorOps.Hocon.Binding;

/// <summary>
/// Binds a section to init-only options and gathers every error instead of stopping at the first: unknown keys with the nearest known one,
/// values of the wrong form, values outside their <see cref="RangeAttribute"/>. Keys are the properties' names in kebab case; durations and
/// booleans are read as HOCON has them. An error never repeats a long value, nor anything that was set for a <see cref="Secret"/>.
/// </summary>
public sealed class OptionsBinder(IReadOnlyDictionary<string, SourcePosition> positions)
{
    private readonly List<BindingError> _errors = [];

    /// <summary>Everything found so far.</summary>
    public IReadOnlyList<BindingError> Errors => _errors;

    /// <summary>Binds a section; where there is an error the default stands.</summary>
    public T Bind<T>(IConfigurationSection section)
        where T : class, new() => (T)BindObject(section, typeof(T));

    /// <summary>Adds an error of a rule across fields; <paramref name="key"/> with dots.</summary>
    public void Add(string key, string problem) => _errors.Add(new BindingError(key, Position(key), problem));

    /// <summary>Adds an error that has its own place.</summary>
    public void Add(BindingError error) => _errors.Add(error);

    private object BindObject(IConfigurationSection section, Type type)
    {
        var options = Activator.CreateInstance(type)!;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToDictionary(property => KeyNames.ToKey(property.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property))
            {
                var near = KeyNames.Nearest(child.Key, properties.Keys);
                Report(child, $"unknown key{(near is null ? $"; known here: {string.Join(", ", properties.Keys.Order())}" : $"; did you mean '{near}'?")}");
            }
            else if (TryRead(child, property.PropertyType, out var value) && InRange(child, property, value))
            {
                property.SetValue(options, value);
            }
        }

        return options;
    }

    private bool TryRead(IConfigurationSection section, Type type, out object? value)
    {
        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        if (underlying.IsGenericType && underlying.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            value = ReadDictionary(section, underlying);
            if (section.Value is not null)
            {
                Report(section, $"found {Scalars.Quote(section.Value)}, expected an object {{ name {{ ... }} }}");
            }

            return section.Value is null;
        }

        if (underlying.IsGenericType && underlying.GetGenericTypeDefinition() == typeof(List<>))
        {
            return TryReadList(section, underlying, out value);
        }

        if (underlying.IsClass && underlying != typeof(string) && underlying != typeof(Secret))
        {
            value = section.Value is null ? BindObject(section, underlying) : null;
            if (section.Value is not null)
            {
                Report(section, $"found {Scalars.Quote(section.Value)}, expected an object {{ ... }}");
            }

            return section.Value is null;
        }

        if (section.Value is null)
        {
            value = null;
            var isNullable = Nullable.GetUnderlyingType(type) is not null && !section.GetChildren().Any();
            if (!isNullable)
            {
                Report(section, $"expected {Scalars.Describe(underlying)}");
            }

            return isNullable;
        }

        if (Scalars.TryParse(section.Value, underlying, out value))
        {
            return true;
        }

        Report(section, $"found {Scalars.Quote(section.Value)}, expected {Scalars.Describe(underlying)}");
        return false;
    }

    private object ReadDictionary(IConfigurationSection section, Type type)
    {
        var dictionary = (IDictionary)Activator.CreateInstance(type)!;
        foreach (var child in section.GetChildren())
        {
            if (TryRead(child, type.GetGenericArguments()[1], out var value))
            {
                dictionary.Add(child.Key, value);
            }
        }

        return dictionary;
    }

    private bool TryReadList(IConfigurationSection section, Type type, out object? value)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        value = list;
        if (section.Value is not null)
        {
            Report(section, $"found {Scalars.Quote(section.Value)}, expected a list [ ... ]");
            return false;
        }

        foreach (var child in section.GetChildren())
        {
            if (TryRead(child, type.GetGenericArguments()[0], out var item))
            {
                list.Add(item);
            }
        }

        return true;
    }

    private bool InRange(IConfigurationSection section, PropertyInfo property, object? value)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        if (range is not null && value is not null && !range.IsValid(value))
        {
            Report(section, $"{section.Value} is outside {range.Minimum} to {range.Maximum}");
            return false;
        }

        if (value is TimeSpan { Ticks: < 0 })
        {
            Report(section, $"{section.Value} is negative; a duration here is 0 or more");
            return false;
        }

        return true;
    }

    private void Report(IConfigurationSection section, string problem)
    {
        var key = section.Path.Replace(':', '.');
        _errors.Add(new BindingError(key, Position(key), problem));
    }

    private SourcePosition? Position(string key) => positions.TryGetValue(key.Replace('.', ':'), out var position) ? position : null;
}
