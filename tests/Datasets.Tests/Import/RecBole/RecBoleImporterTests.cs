using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.RecBole;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Import.RecBole;

public sealed class RecBoleImporterTests : IDisposable
{
    private const string Header = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_AtomicFiles_HaveTheTypesOfTheirHeaders()
    {
        _folder.Write("ml/ml.inter", Header + "196\t242\t3\t881250949\n186\t302\t4\t891717742\n");
        _folder.Write("ml/ml.item", "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\tvector:float_seq\n242\tKolya\t1996\tComedy\t0.1 0.2\n302\tL.A. Confidential\t1997\tCrime Film-Noir Mystery Thriller\t\n");
        _folder.Write("ml/ml.user", "user_id:token\tage:float\tgender:token\n196\t49\tM\n");

        ImportResult result = Import("ml/ml.inter");

        Assert.Equal(new Imported(Items: 2, Users: 1, Events: 2, LeftOut: 0), Imported.From(result));
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["item_id", "movie_title", "release_year", "class"], dataset.Schema.ItemFeatures.Select(f => f.Name));
        Assert.Equal("age", Assert.Single(dataset.Schema.NumericFeatures).Name);
        Assert.Equal(["Comedy", "Crime|Film-Noir|Mystery"], dataset.ReadItems().Select(i => i.Features["class"]));
        BehaviourEvent[] events = [.. dataset.ReadEvents()];
        Assert.Equal(["196 242 low_rating", "186 302 like"], events.Select(e => $"{e.UserId} {e.ItemId} {e.Type}"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(881250949), events[0].Timestamp);
    }

    [Fact]
    public void Import_SplitLists_AreNamedWithTheirTypes()
    {
        _folder.Write("ml/ml.inter", Header + "196\t242\t3\t881250949\n");
        _folder.Write("ml/ml.item", "item_id:token\tclass:token_seq\n242\tCrime Film-Noir Mystery\n");

        ImportResult result = new RecBoleImporter(changes: new() { SplitLists = ["class:token_seq"], ListParts = 2 })
            .Import(_folder["ml"], _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(
            new Dictionary<string, string> { ["class_1"] = "Crime", ["class_2"] = "Film-Noir" }, DatasetFolder.Open(_folder["shop"]).ReadItems().Single().Features);
        Assert.Equal(["The lists of class:token_seq became class_1, class_2. 1 of 1 lost further parts (--list-parts)."], result.Notes);
    }

    [Fact]
    public void Import_InteractionsAlone_NeedNoRatings()
    {
        _folder.Write("x/x.inter", "user_id:token\titem_id:token\ttimestamp:float\n1\t2\t881250949.0\n");

        Assert.Equal(new Imported(Items: 1, Users: 0, Events: 1, LeftOut: 0), Imported.From(Import("x")));
        Assert.Equal("interaction", DatasetFolder.Open(_folder["shop"]).ReadEvents().Single().Type);
    }

    [Theory]
    [InlineData("user_id\titem_id:token\ttimestamp:float\n", "x.inter line 1, column user_id: must end in its type: :token, :float, :token_seq, :float_seq")]
    [InlineData("user_id:token\titem_id:token\n", "x.inter line 1, column timestamp: must be there")]
    [InlineData(Header + "1\t2\tgood\t881250949\n", "x.inter line 2, column rating:float: must be a finite number from -3.4e38 to 3.4e38")]
    [InlineData(Header + "1\t2\t3\tsoon\n", "x.inter line 2, column timestamp:float: must be seconds since 1970")]
    public void Import_BadRow_IsNamed(string content, string message)
    {
        _folder.Write("x/x.inter", content);

        Assert.Equal(message, Assert.Throws<DatasetException>(() => Import("x")).Message);
    }

    [Fact]
    public void Import_FolderWithoutInteractions_IsRefused()
    {
        _folder.Write("x/x.item", "item_id:token\n");

        Assert.Equal($"{_folder["x"]}: must have one file NAME.inter, but has none", Assert.Throws<DatasetException>(() => Import("x")).Message);
    }

    private ImportResult Import(string name) => new RecBoleImporter().Import(_folder[name], _folder["shop"], TestContext.Current.CancellationToken);
}
