using System.Text;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.MovieLens;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Datasets.Tests.Import.MovieLens;

public sealed class MovieLensImporterTests : IDisposable
{
    private const string ToyStory100K = "1|Toy Story (1995)|01-Jan-1995||http://imdb|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_100K_ReadsTabsBarsAndLatin1()
    {
        _folder.Write("ml/u.data", "196\t1\t3\t881250949\n186\t543\t4\t891717742\n");
        Latin1("u.item", ToyStory100K
            + "267|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n"
            + "543|Misérables, Les (1995)|01-Jan-1995||\"http\"|0|0|0|0|0|0|0|0|1|0|0|0|1|0|0|0|0|0|0\n");
        _folder.Write("ml/u.user", "186|39|F|executive|00000\n196|49|M|writer|55105\n");

        ImportResult result = Import();

        Assert.Equal(new Imported(Items: 3, Users: 2, Events: 2, LeftOut: 0), Imported.From(result));
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["1 Animation|Children's|Comedy 1995", "267 - -", "543 Drama|Musical 1995"], dataset.ReadItems().Select(Text));
        Assert.Equal(["gender", "occupation"], dataset.Schema.UserFeatures.Select(f => f.Name));
        Assert.Equal("age", Assert.Single(dataset.Schema.NumericFeatures).Name);
        Assert.Equal(
            new Dictionary<string, string> { ["gender"] = "F", ["occupation"] = "executive", ["age"] = "39" },
            dataset.ReadUsers().First().Value.Features);
        BehaviourEvent[] events = [.. dataset.ReadEvents()];
        Assert.Equal(["196 1 low_rating", "186 543 like"], events.Select(e => $"{e.UserId} {e.ItemId} {e.Type}"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(881250949), events[0].Timestamp);
    }

    [Fact]
    public void Import_1M_ReadsDoubleColonsAndAgeBands()
    {
        _folder.Write("ml/ratings.dat", "1::1193::5::978300760\n");
        Latin1("movies.dat", "1193::One Flew: Over the Café \"Nest\" (1975)::Drama\n");
        _folder.Write("ml/users.dat", "1::F::1::10::48067\n");

        Assert.Equal(new Imported(Items: 1, Users: 1, Events: 1, LeftOut: 0), Imported.From(Import()));

        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal("1193 Drama 1975", Text(dataset.ReadItems().Single()));
        Assert.Empty(dataset.Schema.NumericFeatures);
        Assert.Equal(
            new Dictionary<string, string> { ["gender"] = "F", ["occupation"] = "10", ["age_band"] = "1" },
            dataset.ReadUsers().Single().Value.Features);
        Assert.Equal("like", dataset.ReadEvents().Single().Type);
    }

    [Fact]
    public async Task Import_20M_ReadsHeadersQuotesAndHalfStars()
    {
        _folder.Write("ml/ratings.csv", "userId,movieId,rating,timestamp\n1,2,3.5,1112486027\n1,11,4.5,1112484676\n");
        _folder.Write("ml/movies.csv", "movieId,title,genres\n2,\"American President, The (1995)\",Comedy|Drama\n11,No Year,(no genres listed)\n");

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 2, LeftOut: 0), Imported.From(Import(positiveRating: 3.5)));

        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["2 Comedy|Drama 1995", "11 - -"], dataset.ReadItems().Select(Text));
        Assert.Empty(dataset.Schema.UserFeatures);
        Assert.All(dataset.ReadEvents(), e => Assert.Equal("like", e.Type));
        TrainingLog log = await TrainingLog.LoadAsync(dataset, TestContext.Current.CancellationToken);
        Assert.Equal(1, SampleSet.Build(log, new() { ValidationShare = 0 }).Training.Count);
    }

    [Fact]
    public void Import_10M_ReadsHalfStarsUtf8AndTags()
    {
        _folder.Write("ml/ratings.dat", "1::122::5::838985046\n1::185::3.5::838983525\n");
        _folder.Write("ml/movies.dat", "122::Boomerang (1992)::Comedy|Romance\n185::Amélie: The Café (2001)::Drama\n");
        _folder.Write("ml/tags.dat", "15::185::excellent!::1215184630\n");

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 2, LeftOut: 0), Imported.From(Import()));
        Assert.Equal(["low_rating"], DatasetFolder.Open(_folder["shop"]).Schema.OtherEvents);
        new MovieLensImporter(tags: true).Import(_folder["ml"], _folder["shop"], TestContext.Current.CancellationToken);

        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["122 Comedy|Romance 1992", "185 Drama 2001"], dataset.ReadItems().Select(Text));
        Assert.Equal(["1 1 122 like", "2 1 185 low_rating", "tag-1 15 185 tag"], dataset.ReadEvents().Select(e => $"{e.EventId} {e.UserId} {e.ItemId} {e.Type}"));
        Assert.Equal(["low_rating", "tag"], dataset.Schema.OtherEvents);
    }

    [Fact]
    public void Import_TagsOfALayoutWithoutThem_AreRefused()
    {
        _folder.Write("ml/u.data", "1\t1\t5\t881250949\n");
        _folder.Write("ml/u.item", ToyStory100K);
        _folder.Write("ml/u.user", "1|39|F|executive|00000\n");

        Assert.Equal(
            $"{_folder["ml"]}: the 100K layout has no tags",
            Assert.Throws<DatasetException>(() => new MovieLensImporter(tags: true).Import(_folder["ml"], _folder["shop"], TestContext.Current.CancellationToken)).Message);
    }

    [Theory]
    [InlineData("u.data", "1\t1\t6\t881250949", "u.data line 1, column rating: must be 0.5 to 5 stars")]
    [InlineData("u.data", "1\t1\t5\t-1", "u.data line 1, column timestamp: must be seconds since 1970, a whole number")]
    [InlineData("u.data", "1 1 5 881250949", "u.data line 1: must have 4 fields, but has 1")]
    [InlineData("u.item", ToyStory100K + ToyStory100K, "u.item line 2, column movieId: must be unique in the file")]
    [InlineData("u.item", "1|T|||h|0|0|0|1|1|2|0|0|0|0|0|0|0|0|0|0|0|0|0", "u.item line 1, column Comedy: must be one of 0, 1")]
    [InlineData("u.user", "1|39|X|executive|0", "u.user line 1, column gender: must be one of M, F")]
    [InlineData("u.user", "1|old|F|executive|0", "u.user line 1, column age: must be a whole number")]
    [InlineData("u.user", "1|1999|F|executive|0", "u.user line 1, column age: must be 0 to 150")]
    [InlineData("u.user", "1|39|F|a|0\n1|39|F|a|0", "u.user line 2, column userId: must be unique in the file")]
    public void Import_BadRow_IsNamedAndNothingIsLeft(string file, string content, string message)
    {
        _folder.Write("ml/u.data", "1\t1\t5\t881250949\n");
        _folder.Write("ml/u.item", ToyStory100K);
        _folder.Write("ml/u.user", "1|39|F|executive|00000\n");
        _folder.Write("ml/" + file, content);

        Assert.Equal(message, Assert.Throws<DatasetException>(() => Import()).Message);
        Assert.Equal(["ml"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("has no movies.dat", "ratings.dat")]
    [InlineData("has no users.dat", "ratings.dat", "movies.dat")]
    [InlineData("has no movies.csv", "ratings.csv")]
    [InlineData("must have one of u.data (100K layout), ratings.dat (1M or 10M layout), ratings.csv (20M layout), but has none", "movies.csv")]
    [InlineData("must have one of u.data (100K layout), ratings.dat (1M or 10M layout), ratings.csv (20M layout), but has u.data and ratings.csv", "u.data", "ratings.csv")]
    public void Import_IncompleteFolder_SaysWhatIsMissing(string message, params string[] files)
    {
        foreach (string file in files)
        {
            _folder.Write("ml/" + file, "");
        }

        Assert.Equal($"{_folder["ml"]} {message}", Assert.Throws<DatasetException>(() => Import()).Message);
    }

    [Fact]
    public void Import_MissingFolder_IsNamed() =>
        Assert.Equal($"There is no folder {_folder["ml"]}", Assert.Throws<DatasetException>(() => Import()).Message);

    [Theory]
    [InlineData(0.4)]
    [InlineData(5.1)]
    [InlineData(double.NaN)]
    public void Constructor_PositiveRatingOutOfRange_IsRefused(double rating) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovieLensImporter(rating));

    private static string Text(Item item) =>
        $"{item.ItemId} {item.Features.GetValueOrDefault("genres", "-")} {item.Features.GetValueOrDefault("year", "-")}";

    private ImportResult Import(double positiveRating = MovieLensImporter.DefaultPositiveRating) =>
        new MovieLensImporter(positiveRating).Import(_folder["ml"], _folder["shop"], TestContext.Current.CancellationToken);

    private void Latin1(string name, string content) => File.WriteAllText(_folder["ml/" + name], content, Encoding.Latin1);
}
