using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DinOrleans.Standalone.Tests.Docs;

/// <summary>Reads docstrings from the XML file that the compiler writes beside each assembly, as text for a Markdown page.</summary>
internal static partial class DocComments
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Read = [];

    /// <summary>The summary of a type.</summary>
    public static string Summary(Type type) => Summary(type.Assembly, $"T:{type.FullName}");

    /// <summary>The summary of a property.</summary>
    public static string Summary(PropertyInfo property) => Summary(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    /// <summary>The summary of a value of an enumeration.</summary>
    public static string Summary(Type enumeration, string value) => Summary(enumeration.Assembly, $"F:{enumeration.FullName}.{value}");

    private static string Summary(Assembly assembly, string id)
    {
        if (!Read.TryGetValue(assembly, out Dictionary<string, XElement>? members))
        {
            members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!);
            Read.Add(assembly, members);
        }

        string text = members.TryGetValue(id, out XElement? member) && member.Element("summary") is { } summary ? string.Concat(summary.Nodes().Select(Text)) : "";
        Assert.False(string.IsNullOrWhiteSpace(text), $"{id} has no docstring, from which docs/settings.md is made.");
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } reference => $"`{reference.Value[(reference.Value.LastIndexOf('.') + 1)..]}`",
        XElement other => throw new NotSupportedException($"Docstrings of settings may have <c> and <see cref> only, not <{other.Name}>."),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
