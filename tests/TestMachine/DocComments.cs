using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace DinOrleans.TestMachine;

/// <summary>Reads docstrings from the XML file that the compiler writes beside each assembly, as text for a Markdown page.</summary>
public static partial class DocComments
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Read = [];

    /// <summary>The summary of a type.</summary>
    public static string Summary(Type type) => Require(Find(type.Assembly, Id(type))?.Element("summary"), Id(type));

    /// <summary>The summary of a property; for one of a record's parameters, what its type says of the parameter.</summary>
    public static string Summary(PropertyInfo property)
    {
        Type owner = property.DeclaringType!;
        string id = $"P:{Name(owner)}.{property.Name}";
        XElement? parameter = Find(owner.Assembly, Id(owner))?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == property.Name);
        return Require(Find(owner.Assembly, id)?.Element("summary") ?? parameter, id);
    }

    /// <summary>The summary of a value of an enumeration.</summary>
    public static string Summary(Type enumeration, string value)
    {
        string id = $"F:{Name(enumeration)}.{value}";
        return Require(Find(enumeration.Assembly, id)?.Element("summary"), id);
    }

    private static string Id(Type type) => $"T:{Name(type)}";

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static XElement? Find(Assembly assembly, string id)
    {
        if (!Read.TryGetValue(assembly, out Dictionary<string, XElement>? members))
        {
            members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!);
            Read.Add(assembly, members);
        }

        return members.GetValueOrDefault(id);
    }

    private static string Require(XElement? doc, string id)
    {
        string text = doc is null ? "" : string.Concat(doc.Nodes().Select(Text));
        Assert.False(string.IsNullOrWhiteSpace(text), $"{id} has no docstring, from which a page of the docs is made.");
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } reference => $"`{reference.Value[(reference.Value.LastIndexOf('.') + 1)..]}`",
        XElement other => throw new NotSupportedException($"Docstrings that pages are made from may have <c> and <see cref> only, not <{other.Name}>."),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
