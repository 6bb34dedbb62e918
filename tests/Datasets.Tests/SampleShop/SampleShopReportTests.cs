using DinOrleans.Datasets.SampleShop;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.SampleShop;

public sealed class SampleShopReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{ "seed": 1 }""")]
    [InlineData("""{ "seed": 1, "seed": 1, "users": 1, "items": 1, "rankings": 1, "impressions": 1, "clicks": 1, "interestDrift": 0, "bestAuc": 1, "bestAucLatest": 1, "popularityAuc": 1 }""")]
    public void Load_FileOfAnotherForm_IsRefusedByName(string json)
    {
        string file = _folder.Write("sample-shop.json", json);

        var error = Assert.Throws<DatasetException>(() => SampleShopReport.Load(file));

        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }
}
