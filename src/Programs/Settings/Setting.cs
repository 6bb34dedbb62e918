using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.Programs.Settings;

/// <summary>One setting, which is a property of an options class.</summary>
public sealed class Setting
{
    private static readonly string[] Secrets = ["ConnectionString", "Password", "Secret", "Token", "Key"];

    private readonly string _section;
    private readonly PropertyInfo _property;
    private readonly Type _type;

    internal Setting(string section, PropertyInfo property)
    {
        _section = section;
        _property = property;
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }

    /// <summary>The name of the setting within its section.</summary>
    public string Name => _property.Name;

    /// <summary>The rule for values, worded to come after "it"; null where every value is allowed.</summary>
    public string? Rule
    {
        get
        {
            RangeAttribute? range = _property.GetCustomAttribute<RangeAttribute>();
            string? kind = RuleOf(_type) ?? (!IsText(_type) ? $"must be a list ({Name}:0, {Name}:1, …)"
                : _property.IsDefined(typeof(RequiredAttribute)) ? "must not be empty"
                : null);
            return range is null ? kind : $"{kind ?? "must be"} from {Text(range.Minimum)} to {Text(range.Maximum)}";
        }
    }

    /// <summary>The default value as text; empty where there is none.</summary>
    public string Default => Text(_property.GetValue(Activator.CreateInstance(_property.DeclaringType!)));

    /// <summary>True for a setting whose value must not be shown.</summary>
    public bool IsSecret => Secrets.Any(s => Name.EndsWith(s, StringComparison.Ordinal));

    /// <summary>The value that is given for the setting as text; null where none is, so that the default holds.</summary>
    /// <param name="section">The section's values.</param>
    public string? Given(IConfigurationSection section) => IsText(_type)
        ? section[Name]
        : section.GetSection(Name).GetChildren().Select(c => c.Value).OfType<string>().ToArray() is { Length: > 0 } elements ? string.Join(", ", elements) : null;

    internal bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes a sentence that says which rule the setting's value breaks; null where it breaks none.</summary>
    internal string? Broken(IConfigurationSection section)
    {
        string? text = section[Name];
        if (!IsText(_type))
        {
            // The binder silently leaves out the elements of a list that it cannot read.
            return ElementType() is { } element && IsText(element)
                ? section.GetSection(Name).GetChildren().Where(c => !TryRead(element, c.Value ?? "", out _))
                    .Select(c => Sentence($"{Name}:{c.Key}", c.Value, RuleOf(element) ?? $"must be a {element.Name}")).FirstOrDefault()
                : null;
        }

        object? value = null;
        if (text is null)
        {
            value = _property.GetValue(Activator.CreateInstance(_property.DeclaringType!));
        }
        else if ((text.Length > 0 || _type == _property.PropertyType) && !TryRead(_type, text, out value))
        {
            return Sentence(Name, text, Rule ?? $"must be a {_type.Name}");
        }

        ValidationAttribute? broken = _property.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(a => !a.IsValid(value));
        return broken is null ? null
            : Sentence(Name, text ?? (value is null or "" ? null : Text(value)), broken is RequiredAttribute ? "must not be empty" : Rule ?? broken.FormatErrorMessage(Name));
    }

    private static bool IsText(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static bool TryRead(Type type, string text, out object? value)
    {
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException or InvalidCastException)
        {
            value = null;
            return false;
        }
    }

    private static string? RuleOf(Type type) =>
        type.IsEnum ? "must be one of " + string.Join(", ", Enum.GetNames(type))
        : type == typeof(bool) ? "must be true or false"
        : type == typeof(TimeSpan) ? "must be a time (days.hours:minutes:seconds)"
        : type == typeof(int) || type == typeof(long) ? "must be a whole number"
        : type == typeof(double) || type == typeof(float) ? "must be a number"
        : null;

    private static string Text(object? value) => value is IFormattable formattable
        ? formattable.ToString(null, CultureInfo.InvariantCulture)
        : value?.ToString() ?? "";

    private Type? ElementType() => _type.IsArray ? _type.GetElementType() : _type.IsGenericType && _type.GenericTypeArguments is [Type only] ? only : null;

    private string Sentence(string name, string? value, string rule) =>
        new SettingException($"{_section}:{name}", value is not null && IsSecret ? "…" : value, rule).Message;
}
