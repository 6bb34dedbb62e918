using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace DinOrleans.TestMachine;

/// <summary>An Excel workbook that is written part by part, as the format demands it. No library takes part, so that a test says what the file has.</summary>
public sealed class WorkbookOf
{
    /// <summary>The style of cells that are dates.</summary>
    public const int DateStyle = 1;

    /// <summary>The style of cells with the first of <see cref="Formats"/>.</summary>
    public const int FirstFormat = 2;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private const string StrictOffice = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const int DaysTo1904 = 1462;

    private readonly List<string> _texts = [];
    private readonly List<(string Name, string Attributes, string Data)> _sheets = [];

    /// <summary>True if days are counted from 1904.</summary>
    public bool IsFrom1904 { get; init; }

    /// <summary>True for the namespaces of ISO/IEC 29500 Strict.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The codes of further formats of numbers.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>Adds a sheet of rows of texts, numbers, dates, booleans and, for empty cells, null.</summary>
    public WorkbookOf Sheet(string name, params object?[][] rows) => SheetXml(name, string.Concat(rows.Select((r, i) => Row(i + 1, r))));

    /// <summary>Adds a sheet of rows in XML.</summary>
    /// <param name="name">The name of the sheet.</param>
    /// <param name="rows">The elements <c>row</c>.</param>
    /// <param name="attributes">Further attributes of the sheet in the workbook, such as that it is hidden.</param>
    public WorkbookOf SheetXml(string name, string rows, string attributes = "")
    {
        _sheets.Add((name, attributes, rows));
        return this;
    }

    /// <summary>Adds an element <c>si</c> of shared texts.</summary>
    /// <returns>Its number.</returns>
    public int Text(string xml)
    {
        int index = _texts.IndexOf(xml);
        _texts.AddRange(index < 0 ? [xml] : []);
        return index < 0 ? _texts.Count - 1 : index;
    }

    /// <summary>Writes the file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string path)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        string overrides = string.Concat(_sheets.Select((_, i) => Override($"worksheets/sheet{i + 1}", "worksheet")));
        Add(zip, "[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{Override("workbook", "sheet.main")}{Override("styles", "styles")}{Override("sharedStrings", "sharedStrings")}{overrides}</Types>
            """);
        Add(zip, "_rels/.rels", Relationships([("officeDocument", "xl/workbook.xml")]));
        Add(zip, "xl/_rels/workbook.xml.rels", Relationships(
            [.. _sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{i + 1}.xml")), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]));
        string sheets = string.Concat(_sheets.Select((s, i) => $"""<sheet name="{SecurityElement.Escape(s.Name)}" sheetId="{i + 1}" r:id="rId{i + 1}" {s.Attributes}/>"""));
        Add(zip, "xl/workbook.xml", $"""<workbook {Namespaces}><workbookPr date1904="{(IsFrom1904 ? "1" : "0")}"/><sheets>{sheets}</sheets></workbook>""");
        Add(zip, "xl/styles.xml", $"""
            <styleSheet {Namespaces}><numFmts count="{Formats.Count}">{string.Concat(Formats.Select((f, i) => $"""<numFmt numFmtId="{164 + i}" formatCode="{SecurityElement.Escape(f)}"/>"""))}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/>{string.Concat(Formats.Select((_, i) => $"""<xf numFmtId="{164 + i}"/>"""))}</cellXfs></styleSheet>
            """);
        Add(zip, "xl/sharedStrings.xml", $"<sst {Namespaces}>{string.Concat(_texts)}</sst>");
        for (int i = 0; i < _sheets.Count; i++)
        {
            Add(zip, $"xl/worksheets/sheet{i + 1}.xml", $"<worksheet {Namespaces}><sheetData>{_sheets[i].Data}</sheetData></worksheet>");
        }

        return path;
    }

    /// <summary>The XML of a row.</summary>
    public string Row(int number, params object?[] values) =>
        $"""<row r="{number}">{string.Concat(values.Select((v, i) => Cell($"{(char)('A' + i)}{number}", v)))}</row>""";

    private string Namespaces => $"xmlns=\"{(IsStrict ? StrictMain : Main)}\" xmlns:r=\"{(IsStrict ? StrictOffice : Office)}\"";

    private static string Override(string part, string type) => $"""<Override PartName="/xl/{part}.xml" ContentType="{Type}{type}+xml"/>""";

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml.Trim());
    }

    private string Relationships((string Type, string Target)[] targets)
    {
        string each = string.Concat(targets.Select((t, i) => $"""<Relationship Id="rId{i + 1}" Type="{(IsStrict ? StrictOffice : Office)}/{t.Type}" Target="{t.Target}"/>"""));
        return $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>""";
    }

    private string Cell(string reference, object? value) => value switch
    {
        null => "",
        bool truth => $"""<c r="{reference}" t="b"><v>{(truth ? 1 : 0)}</v></c>""",
        DateTime time => string.Create(
            CultureInfo.InvariantCulture, $"""<c r="{reference}" s="{DateStyle}"><v>{time.ToOADate() - (IsFrom1904 ? DaysTo1904 : 0)}</v></c>"""),
        IFormattable number => $"""<c r="{reference}"><v>{number.ToString(null, CultureInfo.InvariantCulture)}</v></c>""",
        _ => $"""<c r="{reference}" t="s"><v>{Text($"<si><t xml:space=\"preserve\">{SecurityElement.Escape(value.ToString())}</t></si>")}</v></c>""",
    };
}
