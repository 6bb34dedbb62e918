using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Tests.Shoppers.Crowd;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Shoppers;

public sealed class GeneratedShopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Regenerate_FolderOfASampleShop_IsThatShop()
    {
        SampleShopOptions options = CrowdRun.Shop with { Seed = 5, InterestDrift = 0.2 };
        new SampleShopGenerator(options).Write(_folder["shop"], Cancellation);

        GeneratedShop shop = GeneratedShop.Regenerate(_folder["shop"], Cancellation);

        Assert.Equal(options, shop.Options);
        Assert.Equal(DatasetFolder.Open(_folder["shop"]).ReadItems().Select(i => i.ItemId), shop.Catalogue.Items.Select(i => i.Id));
        Assert.Equal(
            DatasetFolder.Open(_folder["shop"]).ReadEvents().Where(e => e.Type == "click" && e.UserId == "user-3").Select(e => e.ItemId),
            shop.Shoppers[3].Clicked.Select(i => i.Id));
    }

    [Fact]
    public void Regenerate_FolderWithoutASampleShop_SaysSo()
    {
        DatasetFiles.Write(_folder);

        DatasetException failure = Assert.Throws<DatasetException>(() => GeneratedShop.Regenerate(_folder["shop"], Cancellation));

        Assert.Equal($"{_folder["shop"]} must be the folder of a sample shop, but has no sample-shop.json", failure.Message);
    }

    [Theory]
    [InlineData("{", "sample-shop.json: ")]
    [InlineData("""{ "seed": 1, "users": 1, "items": 1, "rankings": 1, "impressions": 1, "clicks": 1, "interestDrift": 0, "bestAuc": 1, "bestAucLatest": 1, "popularityAuc": 1 }""", "options is missing")]
    [InlineData("""{ "seed": 1, "users": 1, "items": 1, "rankings": 1, "impressions": 1, "clicks": 1, "interestDrift": 0, "bestAuc": 1, "bestAucLatest": 1, "popularityAuc": 1, "options": { "users": 3 } }""", "users must be 10 to 1,000,000")]
    public void Regenerate_FileThatBreaksARule_NamesFileAndRule(string file, string rule)
    {
        _folder.Write("shop/sample-shop.json", file);

        DatasetException failure = Assert.Throws<DatasetException>(() => GeneratedShop.Regenerate(_folder["shop"], Cancellation));

        Assert.Contains("sample-shop.json", failure.Message);
        Assert.Contains(rule, failure.Message);
    }
}
