using System.IO.Compression;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.AmazonReviews;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Datasets.Tests.Import.AmazonReviews;

public sealed class AmazonReviewsImporterTests : IDisposable
{
    private const string Review = """{"reviewerID": "A1", "asin": "B1", "overall": 2.0, "unixReviewTime": 1382659200}""";
    private const string Meta = """{"asin": "B1", "brand": "Acme", "categories": [["Beauty", "Hair"]]}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_2014_ReadsPythonMetadata()
    {
        ImportResult result = Import(
            """
            {"reviewerID": "A30TL5EWN6DFXT", "asin": "120401325X", "reviewerName": "ch", "helpful": [0, 0], "reviewText": "They look \"good\"", "overall": 4.0, "summary": "Good", "unixReviewTime": 1400630400, "reviewTime": "05 21, 2014"}
            {"reviewerID": "A30TL5EWN6DFXT", "asin": "1204013260", "overall": 1.0, "unixReviewTime": 1400716800}
            """,
            """
            {'asin': '120401325X', 'title': "Lady's case", 'price': 3.17, 'related': {'also_bought': ['B00JHONN1S']}, 'salesRank': {'Phones': 211836}, 'brand': 'Coxl\'s', 'categories': [['Phones', 'Other'], ['Phones', 'Cases', 'Basic Cases']]}
            {'asin': '0000000000', 'categories': [['Books']]}
            """);

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 2, LeftOut: 1), Imported.From(result));
        Assert.Equal(["120401325X Basic Cases by Coxl's", "1204013260 - by -"], Items());
        BehaviourEvent[] events = [.. DatasetFolder.Open(_folder["shop"]).ReadEvents()];
        Assert.Equal(["1 A30TL5EWN6DFXT 120401325X review", "2 A30TL5EWN6DFXT 1204013260 review"], events.Select(e => $"{e.EventId} {e.UserId} {e.ItemId} {e.Type}"));
        Assert.Equal(new DateTimeOffset(2014, 5, 21, 0, 0, 0, TimeSpan.Zero), events[0].Timestamp);
        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(_folder["shop"]), TestContext.Current.CancellationToken);
        Assert.Equal(1, SampleSet.Build(log, new() { ValidationShare = 0 }).Training.Count);
    }

    [Fact]
    public void Import_2018_ReadsFlatCategoriesAndTakesAnItemsFirstRow()
    {
        ImportResult result = Import(
            """{"overall": 5.0, "verified": true, "reviewTime": "09 4, 2015", "reviewerID": "ALJ66O1Y6SLHA", "asin": "B000K2PJ4K", "style": {"Size:": " Big"}, "unixReviewTime": 1441324800}""",
            """
            {"category": ["Clothing", "Women", "Dresses"], "description": [], "title": "T", "brand": "Acme", "main_cat": "Clothing", "asin": "B000K2PJ4K"}
            {"category": ["Clothing", "Men"], "asin": "B000K2PJ4K"}
            """);

        Assert.Equal(new Imported(Items: 1, Users: 0, Events: 1, LeftOut: 1), Imported.From(result));
        Assert.Equal(["B000K2PJ4K Dresses by Acme"], Items());
    }

    [Fact]
    public void Import_2023_ReadsParentsMillisecondsAndStores()
    {
        ImportResult result = Import(
            """
            {"rating": 5.0, "title": "T", "text": "x", "images": [], "asin": "B00VARIANT", "parent_asin": "B00YQ6X8EO", "user_id": "AGK", "timestamp": 1588687728923, "helpful_vote": 0, "verified_purchase": true}
            {"rating": 2.0, "asin": "B01", "parent_asin": "B02", "user_id": "AGK", "timestamp": 1588687728924}
            """,
            """
            {"main_category": "All Beauty", "title": "T", "average_rating": 4.8, "price": null, "store": "Howard", "categories": [], "parent_asin": "B00YQ6X8EO", "bought_together": null}
            {"store": null, "categories": ["Beauty", "Hair"], "parent_asin": "B02"}
            """,
            positiveRating: 4);

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 2, LeftOut: 0), Imported.From(result));
        Assert.Equal(["B00YQ6X8EO - by Howard", "B02 Hair by -"], Items());
        BehaviourEvent[] events = [.. DatasetFolder.Open(_folder["shop"]).ReadEvents()];
        Assert.Equal(["B00YQ6X8EO review", "B02 low_rating"], events.Select(e => $"{e.ItemId} {e.Type}"));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1588687728923), events[0].Timestamp);
    }

    [Fact]
    public void Import_Gzip_IsRead()
    {
        Gzip("reviews.json.gz", Review);
        Gzip("meta.json.gz", Meta);

        ImportResult result = new AmazonReviewsImporter(_folder["meta.json.gz"])
            .Import(_folder["reviews.json.gz"], _folder["shop"], TestContext.Current.CancellationToken);
        Assert.Equal(new Imported(Items: 1, Users: 0, Events: 1, LeftOut: 0), Imported.From(result));
    }

    [Theory]
    [InlineData("{\"reviewerID\": ", "reviews.json line 2: must be one object, JSON or a Python literal")]
    [InlineData("""{"user_id": "u", "user_id": "v"}""", "reviews.json line 2: must be one object, JSON or a Python literal")]
    [InlineData("[1]", "reviews.json line 2: must be one object, JSON or a Python literal")]
    [InlineData("""{"asin": "B1", "overall": 5, "unixReviewTime": 1}""", "reviews.json line 2, column user_id or reviewerID: must be there")]
    [InlineData("""{"user_id": 5, "asin": "B1", "overall": 5, "unixReviewTime": 1}""", "reviews.json line 2, column user_id: must be a text")]
    [InlineData("""{"user_id": "", "asin": "B1", "overall": 5, "unixReviewTime": 1}""", "reviews.json line 2, column user_id: must be 1 to 200 characters")]
    [InlineData("""{"user_id": "\ud83d", "asin": "B1", "overall": 5, "unixReviewTime": 1}""", "reviews.json line 2, column user_id: must be a text of whole characters")]
    [InlineData("""{"user_id": "u", "asin": "B1", "overall": "5", "unixReviewTime": 1}""", "reviews.json line 2, column overall: must be 0 to 5 stars")]
    [InlineData("""{"user_id": "u", "asin": "B1", "rating": 6, "unixReviewTime": 1}""", "reviews.json line 2, column rating: must be 0 to 5 stars")]
    [InlineData("""{"user_id": "u", "asin": "B1", "rating": 5, "unixReviewTime": 1.5}""", "reviews.json line 2, column unixReviewTime: must be seconds since 1970, a whole number")]
    [InlineData("""{"user_id": "u", "asin": "B1", "rating": 5, "timestamp": -1}""", "reviews.json line 2, column timestamp: must be milliseconds since 1970, a whole number")]
    public void Import_BadReview_IsNamedAndNothingIsLeft(string line, string message) => AssertRefused($"{Review}\n{line}\n", Meta, message);

    [Theory]
    [InlineData("""{"brand": "Acme"}""", "meta.json line 3, column parent_asin or asin: must be there")]
    [InlineData("""{"asin": "B1", "brand": 7}""", "meta.json line 3, column brand: must be a text")]
    [InlineData("""{"asin": "B1", "categories": [[7]]}""", "meta.json line 3, column categories: must be a list of texts, or of lists of texts")]
    [InlineData("{'asin': nan}", "meta.json line 3: must be one object, JSON or a Python literal; nan is not a literal")]
    public void Import_BadMetadata_IsNamedAndNothingIsLeft(string line, string message) => AssertRefused(Review, $"{Meta}\n\n{line}\n", message);

    [Fact]
    public void Import_MissingMetadata_IsNamed()
    {
        var importer = new AmazonReviewsImporter(_folder["meta.json"]);
        string reviews = _folder.Write("reviews.json", Review);

        var error = Assert.Throws<DatasetException>(() => importer.Import(reviews, _folder["shop"], TestContext.Current.CancellationToken));
        Assert.Contains($"There is no file {_folder["meta.json"]}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_PositiveRatingOutOfRange_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AmazonReviewsImporter("meta.json", positiveRating: 5.5));

    private ImportResult Import(string reviews, string metadata, double positiveRating = AmazonReviewsImporter.DefaultPositiveRating) =>
        new AmazonReviewsImporter(_folder.Write("meta.json", metadata), positiveRating)
            .Import(_folder.Write("reviews.json", reviews), _folder["shop"], TestContext.Current.CancellationToken);

    private void AssertRefused(string reviews, string metadata, string message)
    {
        var error = Assert.Throws<DatasetException>(() => Import(reviews, metadata));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(["meta.json", "reviews.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    private IEnumerable<string> Items() => DatasetFolder.Open(_folder["shop"]).ReadItems().Select(Text);

    private static string Text(Item item) =>
        $"{item.ItemId} {item.Features.GetValueOrDefault("category", "-")} by {item.Features.GetValueOrDefault("brand", "-")}";

    private void Gzip(string name, string content)
    {
        using var gzip = new StreamWriter(new GZipStream(File.Create(_folder[name]), CompressionLevel.Fastest));
        gzip.Write(content);
    }
}
