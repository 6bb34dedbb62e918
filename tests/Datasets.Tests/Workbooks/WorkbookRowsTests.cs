using System.Globalization;
using System.IO.Compression;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Workbooks;

/// <summary>The rows of workbooks, as tables have them.</summary>
public sealed class WorkbookRowsTests : IDisposable
{
    private static readonly DateTime Morning = new(2009, 12, 1, 7, 45, 0);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ValuesOfEveryKind_AreText()
    {
        var book = new WorkbookOf();
        int rich = book.Text("<si><r><t>ca</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">t </t></r><rPh sb=\"0\" eb=\"1\"><t>hint</t></rPh></si>");
        (string Cell, string Text)[] cells =
        [
            ($"<c t=\"s\"><v>{rich}</v></c>", "cat "),
            ("<c t=\"inlineStr\"><is><t>in </t><r><t>line</t></r></is></c>", "in line"),
            ("<c t=\"inlineStr\"><is/></c>", ""),
            ("<c t=\"str\"><f>A1&amp;\"x\"</f><v>formula</v></c>", "formula"),
            ("<c t=\"str\"><v>a_x000D_b</v></c>", "a\rb"),
            ("<c><f>1+1</f><v>2</v></c>", "2"),
            ("<c><f>1+1</f></c>", ""),
            ("<c t=\"n\"><v>12345.0</v></c>", "12345"),
            ("<c><v>1.2345E4</v></c>", "12345"),
            ("<c><v>-7</v></c>", "-7"),
            ("<c><v>2.5499999999999998</v></c>", "2.55"),
            ("<c><v>1.0000000000000001E-5</v></c>", "1E-05"),
            ("<c><v>12345678901234567890</v></c>", "12345678901234567890"),
            ("<c t=\"b\"><v>1</v></c>", "true"),
            ("<c t=\"b\"><v>0</v></c>", "false"),
            ("<c t=\"e\"><v>#N/A</v></c>", ""),
            ("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", ""),
            ("<c/>", ""),
            ("<c s=\"1\"/>", ""),
            ("<c t=\"d\"><v>2009-12-01T07:45:00</v></c>", "2009-12-01 07:45:00"),
            ("<c t=\"d\"><v>2009-12-01T07:45:00Z</v></c>", "2009-12-01T07:45:00Z"),
            ("<c><v>last</v></c>", "last"),
        ];
        book.SheetXml("Data", $"<row>{string.Concat(cells.Select((_, i) => $"<c><v>c{i}</v></c>"))}</row><row>{string.Concat(cells.Select(c => c.Cell))}</row>");

        using DataTable table = Open(book);

        Assert.True(table.Read());
        Assert.Equal(cells.Select(c => c.Text), Enumerable.Range(0, cells.Length).Select(i => table[i]));
        Assert.False(table.Read());
    }

    [Theory]
    [InlineData(false, "40148.322916666664", "2009-12-01 07:45:00")]
    [InlineData(false, "40148", "2009-12-01")]
    [InlineData(false, "40148.32291782407", "2009-12-01 07:45:00.1")]
    [InlineData(false, "1", "1900-01-01")]
    [InlineData(false, "59", "1900-02-28")]
    [InlineData(false, "61", "1900-03-01")]
    [InlineData(false, "2958465.5", "9999-12-31 12:00:00")]
    [InlineData(false, "2958466", "2958466")]
    [InlineData(false, "0.5", "12:00:00")]
    [InlineData(false, "-1", "-1")]
    [InlineData(true, "38686.322916666664", "2009-12-01 07:45:00")]
    [InlineData(true, "1", "1904-01-02")]
    [InlineData(true, "2957003.5", "9999-12-31 12:00:00")]
    [InlineData(true, "2957004", "2957004")]
    public void Read_DateOfEitherSystem_IsALocalTime(bool isFrom1904, string serial, string text)
    {
        using DataTable table = Open(new WorkbookOf { IsFrom1904 = isFrom1904 }.SheetXml("Data", $"<row><c><v>time</v></c></row><row><c s=\"1\"><v>{serial}</v></c></row>"));

        Assert.True(table.Read());
        Assert.Equal(text, table[0]);
        Assert.Equal(text.Length >= 10 ? DateTime.Parse(text, CultureInfo.InvariantCulture) : null, table.LocalTime(0));
    }

    [Fact]
    public void Read_CellsWithoutValue_AreMissing()
    {
        using DataTable table = Open(new WorkbookOf().SheetXml(
            "Data",
            "<row r=\"2\"/><row r=\"4\"><c r=\"A4\"><v>a</v></c><c r=\"B4\"><v>b</v></c><c r=\"C4\"><v>c</v></c><c r=\"D4\"/></row>"
            + "<row r=\"5\"><c r=\"B5\"><v>1</v></c></row><row r=\"6\"><c r=\"A6\" t=\"e\"><v>#N/A</v></c></row><row r=\"9\"><c r=\"C9\"><v>2</v></c><c r=\"AB9\" s=\"1\"/></row>"));

        Assert.Equal(["a", "b", "c"], table.Header);
        Assert.Equal(["5: |1|", "9: ||2"], Lines(table));
    }

    [Fact]
    public void Read_SeveralSheets_AreOneAfterTheOther()
    {
        var book = new WorkbookOf()
            .Sheet("Empty")
            .Sheet("Year 2009-2010", ["user", "time"], ["u", Morning], [null, null], ["v", Morning])
            .SheetXml("Lists", "<row><c><v>something else</v></c></row>", "state=\"hidden\"")
            .SheetXml("More lists", "<row><c><v>something else</v></c></row>", "state=\"veryHidden\"")
            .Sheet("Year 2010-2011", ["user", "time"], ["w", Morning], ["x", 7]);

        using DataTable table = Open(book);

        Assert.Equal(["2: u|2009-12-01 07:45:00", "4: v|2009-12-01 07:45:00", "6: w|2009-12-01 07:45:00", "7: x|7"], Lines(table));
    }

    [Fact]
    public void Error_InAWorkbook_NamesSheetAndRow()
    {
        WorkbookOf two = new WorkbookOf().Sheet("One", ["a"], ["x"]).Sheet("Two", ["a"], ["x"], ["y"]);
        using (DataTable table = Open(two))
        {
            Assert.Equal("book.xlsx sheet \"One\" row 1, column b: must be there", Assert.Throws<DatasetException>(() => table.Column("b")).Message);
            for (int i = 0; i < 3; i++)
            {
                Assert.True(table.Read());
            }

            Assert.Equal("book.xlsx sheet \"Two\" row 3, column a: is wrong", table.Error(0, "is wrong").Message);
        }

        using DataTable one = Open(two, new() { Sheet = "TWO" });
        Assert.True(one.Read());
        Assert.Equal("book.xlsx row 2, column a: is wrong", one.Error(0, "is wrong").Message);
    }

    [Fact]
    public void Read_ValueBesideTheTable_IsRefused()
    {
        using DataTable table = Open(new WorkbookOf().Sheet("Data", ["a", "b"], ["x", "y", null, "note"]));

        Assert.Equal("book.xlsx row 2: must have 2 fields like the header, but has 4", Assert.Throws<DatasetException>(() => table.Read()).Message);
    }

    [Fact]
    public void Open_ColumnsAreNamed_TakesTheFirstRowAsValues()
    {
        using DataTable table = Open(new WorkbookOf().Sheet("One", ["x", 1]).Sheet("Two", ["y"]), new() { Columns = ["a", "b"] });

        Assert.Equal(["1: x|1", "2: y|"], Lines(table));
    }

    [Fact]
    public void Open_StrictNamespaces_AreRead()
    {
        using DataTable table = Open(new WorkbookOf { IsStrict = true, IsFrom1904 = true }.Sheet("Data", ["user", "time"], ["u", Morning]));

        Assert.Equal(["2: u|2009-12-01 07:45:00"], Lines(table));
    }

    /// <summary>Customers' addresses are often links that are no addresses by the rules.</summary>
    [Fact]
    public void Open_LinkThatIsNotAnAddress_IsRead()
    {
        string path = new WorkbookOf().Sheet("Data", ["a"], ["x"]).Write(_folder["book.xlsx"]);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            using var links = new StreamWriter(zip.CreateEntry("xl/worksheets/_rels/sheet1.xml.rels").Open());
            links.Write(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" TargetMode=\"External\" "
                + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"mailto:someone@@example.com, other@example\"/></Relationships>");
        }

        using DataTable table = DataTable.Open(path);

        Assert.Equal(["2: x"], Lines(table));
    }

    private static IEnumerable<string> Lines(DataTable table)
    {
        while (table.Read())
        {
            yield return $"{table.Line}: {string.Join('|', Enumerable.Range(0, table.Header.Count).Select(i => table[i]))}";
        }
    }

    private DataTable Open(WorkbookOf book, CsvFormat? format = null) => DataTable.Open(book.Write(_folder["book.xlsx"]), format);
}
