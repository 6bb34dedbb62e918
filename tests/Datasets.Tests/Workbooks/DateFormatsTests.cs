using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Workbooks;

/// <summary>Which formats of cells show dates.</summary>
public sealed class DateFormatsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("General", false)]
    [InlineData("0.00", false)]
    [InlineData("0.00E+00", false)]
    [InlineData("#,##0.00 \"days\"", false)]
    [InlineData("#,##0\\d", false)]
    [InlineData("0_d", false)]
    [InlineData("* 0", false)]
    [InlineData("[Red]#,##0;[Yellow]\\-#,##0", false)]
    [InlineData("[$USD] 0.00", false)]
    [InlineData("[h]:mm", false)]
    [InlineData("[mm]:ss", false)]
    [InlineData("d \"days\" [hh]:mm", false)]
    [InlineData("mm:ss.0", false)]
    [InlineData("0;yyyy", false)]
    [InlineData("yyyy-mm-dd", true)]
    [InlineData("dd\\.mm\\.yyyy\\ hh:mm", true)]
    [InlineData("[$-409]m/d/yy h:mm AM/PM;@", true)]
    [InlineData("[$-F800]dddd, mmmm dd, yyyy", true)]
    [InlineData("YYYY/MM/DD", true)]
    [InlineData("\"on \"d", true)]
    [InlineData("mmm", true)]
    [InlineData("hh:mm:ss", true)]
    public void Read_NumberOfAFormat_IsADateOrANumber(string format, bool isDate)
    {
        string path = new WorkbookOf { Formats = [format] }
            .SheetXml("Data", $"<row><c><v>a</v></c></row><row><c s=\"{WorkbookOf.FirstFormat}\"><v>40148</v></c></row>")
            .Write(_folder["book.xlsx"]);
        using DataTable table = DataTable.Open(path);

        Assert.True(table.Read());
        Assert.Equal(isDate ? "2009-12-01" : "40148", table[0]);
    }
}
