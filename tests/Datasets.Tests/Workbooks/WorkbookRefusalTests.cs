using System.IO.Compression;
using CsCheck;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Workbooks;

/// <summary>What cannot be read as a workbook ends with one line that says why.</summary>
public sealed class WorkbookRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_HeadersThatDiffer_NamesTheOption()
    {
        string path = new WorkbookOf().Sheet("Orders", ["user", "item", "time"], ["u"]).Sheet("Products", ["item", "price"], ["a"]).Write(_folder["book.xlsx"]);

        Assert.Equal(
            "book.xlsx: the sheets \"Orders\" and \"Products\" cannot be read one after the other, because their headers differ: field 1 is \"user\" and \"item\"; "
            + "name the sheet that is meant with --sheet",
            Error(path, new() { SheetOptions = "--sheet" }));
        using DataTable products = DataTable.Open(path, new() { Sheet = "products" });
        Assert.Equal(["item", "price"], products.Header);
    }

    [Fact]
    public void Open_HeaderWithAColumnMore_IsRefused()
    {
        string path = new WorkbookOf().Sheet("One", ["a", "b"], ["u"]).Sheet("Two", ["a", "b", "c"], ["a"]).Write(_folder["book.xlsx"]);

        Assert.EndsWith("because their headers differ: field 3 is \"\" and \"c\"", Error(path));
    }

    [Fact]
    public void Open_SheetThatIsNotThere_NamesTheOthers()
    {
        string path = new WorkbookOf().Sheet("One", ["a"]).SheetXml("Two & more", "", "state=\"hidden\"").Write(_folder["book.xlsx"]);

        Assert.Equal("book.xlsx: has no sheet \"Orders\"; its sheets are \"One\", \"Two & more\"", Error(path, new() { Sheet = "Orders" }));
        Assert.Equal("book.xlsx: must have a header row, but the sheet \"Two & more\" is empty", Error(path, new() { Sheet = "Two & more" }));
        Assert.Equal(
            "log.csv: has no sheet \"One\", because only files whose names end in .xlsx or .xlsm have sheets",
            Error(_folder.Write("log.csv", "a\nx\n"), new() { Sheet = "One" }));
    }

    [Fact]
    public void Open_NothingButHiddenSheets_IsRefused() => Assert.Equal(
        "book.xlsx: must have a header row, but its visible sheets are empty",
        Error(new WorkbookOf().Sheet("One").SheetXml("Two", "<row><c><v>a</v></c></row>", "state=\"hidden\"").Write(_folder["book.xlsx"])));

    [Theory]
    [InlineData("book.xlsx", "is an Excel workbook with a password, or one in the old format (.xls); save it as .xlsx without a password.")]
    [InlineData("book.xls", "is an Excel workbook with a password, or one in the old format (.xls); save it as .xlsx without a password.")]
    public void Open_OldOrLocked_IsRefused(string name, string message)
    {
        File.WriteAllBytes(_folder[name], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);

        Assert.Equal($"{_folder[name]}: {message}", Error(_folder[name]));
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("<html><table>", "is not an Excel workbook, although its name ends as if it were one.")]
    public void Open_SomethingElseOfThatName_IsRefused(string text, string message) =>
        Assert.Equal($"{_folder["book.xlsx"]}: {message}", Error(_folder.Write("book.xlsx", text)));

    [Theory]
    [InlineData("xl/workbook.xml", "is an Excel workbook, whose name must end in .xlsx.")]
    [InlineData("xl/workbook.bin", "is an Excel workbook in the binary format (.xlsb); save it as .xlsx.")]
    [InlineData("log.csv", "is a zip archive; unpack it and give the file in it.")]
    public void Open_ZipOfAnotherName_SaysWhatItIs(string entry, string message)
    {
        using (var zip = new ZipArchive(File.Create(_folder["log.zip"]), ZipArchiveMode.Create))
        {
            zip.CreateEntry(entry);
        }

        Assert.Equal($"{_folder["log.zip"]}: {message}", Error(_folder["log.zip"]));
    }

    [Theory]
    [InlineData("<row><c t=\"s\"><v>3</v></c></row>")]
    [InlineData("<row><c r=\"XFE1\"><v>3</v></c></row>")]
    [InlineData("<row><c r=\"1\"><v>3</v></c></row>")]
    [InlineData("<row><c>")]
    public void Open_DamagedSheet_IsRefused(string rows) => Assert.Equal(
        "book.xlsx: cannot be read as an Excel workbook; is the file whole?", Error(new WorkbookOf().SheetXml("Data", rows).Write(_folder["book.xlsx"])));

    [Fact]
    public void Read_DamageInALaterRow_NamesTheRowBefore()
    {
        using DataTable table = DataTable.Open(new WorkbookOf().SheetXml("Data", "<row><c><v>a</v></c></row><row><c><v>1</v></c></row><row><c t=\"s\"><v>9</v></c></row>").Write(_folder["book.xlsx"]));

        Assert.True(table.Read());
        Assert.StartsWith("book.xlsx after row ", Assert.Throws<DatasetException>(() => table.Read()).Message);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Open_CutFile_IsRefused(double share)
    {
        string path = new WorkbookOf().Sheet("Data", ["a"], ["x"]).Write(_folder["book.xlsx"]);
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(int)(whole.Length * share)]);

        Assert.Equal("book.xlsx: cannot be read as an Excel workbook; is the file whole?", Error(path));
    }

    /// <summary>Whatever the XML of a sheet is, it gives rows or one clear error.</summary>
    [Fact]
    public void Read_ChangedXml_GivesRowsOrOneClearError()
    {
        const string Rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\"><v>b</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>40148.5</v></c><c t=\"b\"><v>1</v></c></row>";
        Gen.Select(Gen.Int[0, Rows.Length - 1], Gen.Char[' ', '~'], Gen.Int[0, 3]).Sample(
            (at, with, length) =>
            {
                string changed = string.Concat(Rows.AsSpan(0, at), new string(with, 1), Rows.AsSpan(Math.Min(Rows.Length, at + length)));
                AssertRowsOrClearError(new WorkbookOf().SheetXml("Data", changed).Write(_folder["book.xlsx"]));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Read_ChangedBytes_GivesRowsOrOneClearError()
    {
        byte[] whole = File.ReadAllBytes(new WorkbookOf().Sheet("Data", ["a", "b"], ["x", 1], ["y", new DateTime(2026, 1, 1)]).Write(_folder["whole.xlsx"]));
        Gen.Select(Gen.Int[4, whole.Length - 1], Gen.Byte).Sample(
            (at, with) =>
            {
                byte[] changed = [.. whole];
                changed[at] = with;
                File.WriteAllBytes(_folder["book.xlsx"], changed);
                AssertRowsOrClearError(_folder["book.xlsx"]);
            },
            iter: 300,
            threads: 1);
    }

    private static void AssertRowsOrClearError(string path)
    {
        try
        {
            using DataTable table = DataTable.Open(path);
            while (table.Read())
            {
                Assert.All(table.Header, (_, i) => Assert.NotNull(table[i]));
            }
        }
        catch (DatasetException e)
        {
            Assert.StartsWith("book.xlsx", e.Message);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private static string Error(string path, CsvFormat? format = null) => Assert.Throws<DatasetException>(() => DataTable.Open(path, format).Dispose()).Message;
}
