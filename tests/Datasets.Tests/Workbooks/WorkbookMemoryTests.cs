using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Workbooks;

/// <summary>The memory of the process is measured, so no other test runs meanwhile.</summary>
[Collection(nameof(WorkbookMemoryTests))]
[CollectionDefinition(nameof(WorkbookMemoryTests), DisableParallelization = true)]
public sealed class WorkbookMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Texts of their own in each row, so that a reader that keeps rows, or a table of texts, would grow by more than 10 MB.</summary>
    [Fact]
    public void Read_ManyRows_DoesNotKeepThem()
    {
        const int Rows = 100_000;
        string path = new WorkbookOf().SheetXml(
            "Data",
            "<row><c><v>a</v></c></row>" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"<row><c t=\"inlineStr\"><is><t>text of some length, which is that of row {i}</t></is></c></row>")))
            .Write(_folder["book.xlsx"]);
        GC.Collect();
        using DataTable table = DataTable.Open(path);
        Assert.True(table.Read());
        long before = GC.GetTotalMemory(forceFullCollection: true);
        int rows = 1;
        while (table.Read())
        {
            rows++;
        }

        Assert.Equal(Rows, rows);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2 << 20);
        Assert.Equal("a", table.Header[0]);
    }

    public void Dispose() => _folder.Dispose();
}
