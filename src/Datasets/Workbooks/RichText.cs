using System.Xml;

namespace DinOrleans.Datasets.Workbooks;

/// <summary>Reads texts whose parts may have different fonts.</summary>
internal static class RichText
{
    /// <summary>Reads all texts of a table of shared texts.</summary>
    /// <param name="part">The table. Null for none.</param>
    public static IReadOnlyList<string> ReadAll(Stream? part)
    {
        List<string> texts = [];
        if (part is not null)
        {
            using XmlReader xml = XmlReader.Create(part);
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                {
                    texts.Add(CellReader.Decode(Read(xml)));
                }
            }
        }

        return texts;
    }

    /// <summary>Reads the text of the current element. Hints on how to pronounce it are left out.</summary>
    /// <param name="xml">The reader, which goes to the end of the element.</param>
    public static string Read(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        string text = "";
        int depth = xml.Depth;
        bool more = xml.Read();
        while (more && xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" })
            {
                text += xml.ReadElementContentAsString();
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
            {
                xml.Skip();
            }
            else
            {
                more = xml.Read();
            }
        }

        return text;
    }
}
