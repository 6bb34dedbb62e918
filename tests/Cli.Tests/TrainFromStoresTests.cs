using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Cli.Tests;

/// <summary><c>train --store</c>, on the stores of a server that is there meanwhile.</summary>
public sealed class TrainFromStoresTests : IDisposable
{
    private const int Users = 40;
    private const int Shown = 3;
    private const string SmallModel = """{"din":{"options":{"attentionUnits":[4],"topUnits":[4]},"training":{"epochs":1},"minimumCount":1}}""";

    private static readonly string[] Items = ["a", "b", "c", "d", "e"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Schema => _folder.Write("shop.json", LogOf.Schema().ToJson());

    [Fact]
    public async Task Train_DataFolderInUse_LearnsFromEventsAndLoggedRankingsAndTheServerGoesOn()
    {
        await using ServiceProvider server = new ServiceCollection().AddLogging().AddSqliteStorage(Data).BuildServiceProvider();
        await FillAsync(server, age: TimeSpan.FromDays(2));
        _folder.Write("data/schema.json", LogOf.Schema().ToJson());
        ArtifactManifest manifest = await TrainAsync("--store", Data);
        Assert.Equal(Users * (1 + Shown), manifest.Data.Events);
        Assert.Null(manifest.StartedFrom);
        await FillAsync(server, age: TimeSpan.FromDays(1));

        ArtifactManifest next = await TrainAsync("--store", Data, "--warm-start", _folder[$"versions/{manifest.Version}"]);
        Assert.Equal((2 * Users * (1 + Shown), manifest.Version), (next.Data.Events, next.StartedFrom));
    }

    [Fact]
    public async Task Train_Window_LeavesOlderAndSurplusEventsOut()
    {
        await using ServiceProvider server = new ServiceCollection().AddLogging().AddSqliteStorage(Data).BuildServiceProvider();
        foreach (int days in (int[])[30, 20, 2])
        {
            for (int day = 0; day < 7; day++)
            {
                await FillAsync(server, TimeSpan.FromDays(days + (day / 10.0)));
            }
        }

        int each = 7 * Users * (1 + Shown);
        ArtifactManifest young = await TrainAsync("--store", Data, "--schema", Schema, "--max-age", "10");
        Assert.Equal(each, young.Data.Events);
        ArtifactManifest few = await TrainAsync("--store", Data, "--schema", Schema, "--max-events", "1500");
        Assert.InRange(few.Data.Events, each, 1500);
    }

    [Fact]
    public async Task Train_CheckpointOfALogThatHasGrown_GoesOnFromIt()
    {
        await using ServiceProvider server = new ServiceCollection().AddLogging().AddSqliteStorage(Data).BuildServiceProvider();
        await FillAsync(server, age: TimeSpan.FromDays(2));
        string[] arguments = ["--store", Data, "--schema", Schema, "--checkpoint", _folder["saved"]];
        await TrainAsync(arguments);
        await FillAsync(server, age: TimeSpan.FromDays(1));
        ArtifactManifest resumed = await TrainAsync([.. arguments, "--resume"]);
        Assert.Equal(2 * Users * (1 + Shown), resumed.Data.Events);
    }

    [Fact]
    [Trait("Category", "PostgreSql")]
    public async Task Train_ConnectionString_LearnsFromEventsAndLoggedRankings()
    {
        using PostgresServer? postgres = PostgresServer.TryStart(out string whyNot);
        Assert.SkipWhen(postgres is null, whyNot);
        string database = postgres.CreateDatabase();
        await using ServiceProvider server = new ServiceCollection().AddLogging().AddPostgresStorage(database, Data).BuildServiceProvider();
        await server.GetRequiredService<PostgresSchema>().StartingAsync(Cancellation);
        await FillAsync(server, age: TimeSpan.FromDays(2));
        ArtifactManifest manifest = await TrainAsync("--store", database, "--schema", Schema);
        Assert.Equal(Users * (1 + Shown), manifest.Data.Events);
    }

    [Theory]
    [InlineData("error: Exactly one of --dataset FOLDER and --store FOLDER or CONNECTION-STRING must be given.", "")]
    [InlineData("error: Exactly one of --dataset FOLDER and --store FOLDER or CONNECTION-STRING must be given.", "--dataset d --store s")]
    [InlineData("error: --max-age needs --store.", "--dataset d --max-age 3")]
    [InlineData("error: --schema needs --store.", "--dataset d --schema shop.json")]
    [InlineData("error: --max-events must be a whole number, 1000 to 2000000000, but is \"10\".", "--store . --max-events 10")]
    [InlineData("error: --schema FILE must be given, because . has no schema.json.", "--store .")]
    [InlineData("error: --schema FILE must be given, because --store is not a folder.", "--store Host=127.0.0.1")]
    [InlineData("error: There is no file nowhere.json.", "--store . --schema nowhere.json")]
    [InlineData("error: There is no file ", "--store . --schema shop.json")]
    [InlineData("error: --store must be a server's data folder, or a PostgreSQL connection string with a host", "--store nowhere --schema shop.json")]
    [InlineData("error: --store must be a server's data folder, or a PostgreSQL connection string with a host", "--store Database=x;Password=secret --schema shop.json")]
    [InlineData("error: The database cannot be used: ", "--store Host=127.0.0.1;Port=1;Password=secret --schema shop.json")]
    public async Task Train_StoreThatCannotBeRead_EndsWithOneLineAndExitCodeOne(string message, string arguments)
    {
        Assert.True(File.Exists(Schema));
        Ended end = await CliProcess.RunAsync(_folder.Path, ["train", "--out", "versions", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((1, ""), (end.Code, end.Output));
        Assert.Contains(message, end.Errors);
        Assert.DoesNotContain("secret", end.Errors);
        Assert.Single(end.Errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(_folder["versions"]));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task<ArtifactManifest> TrainAsync(params string[] arguments)
    {
        Ended end = await CliProcess.RunAsync(
            _folder.Path, ["train", "--out", _folder["versions"], "--options", SmallModel, "--threads", "1", .. arguments]);
        Assert.True(end.Code == 0, end.Errors);
        return ArtifactManifest.Read(end.Output.Trim());
    }

    /// <summary>Each user is shown three items and clicks one of them.</summary>
    private static async Task FillAsync(ServiceProvider server, TimeSpan age)
    {
        await server.GetRequiredService<IItemStore>().PutAsync([.. Items.Select(i => new Contracts.Items.Item(i, EmptyFeatures.Instance))], Cancellation);
        DateTimeOffset moment = TimeProvider.System.GetUtcNow() - age;
        LoggedRanking[] rankings =
        [
            .. Enumerable.Range(0, Users).Select(u => new LoggedRanking
            {
                RankingId = $"r{u}-{age}",
                UserId = $"u{u}",
                Timestamp = moment,
                Items = [.. Enumerable.Range(u, Shown).Select(i => new Impression(Items[i % Items.Length], 0.5f))],
            }),
        ];
        await server.GetRequiredService<IImpressionLog>().AppendAsync(rankings, Cancellation);
        await server.GetRequiredService<IBehaviourLog>().AppendAsync(
            [
                .. rankings.Select((r, u) => new BehaviourEvent
                {
                    EventId = r.RankingId,
                    UserId = r.UserId,
                    ItemId = r.Items[u % Shown].ItemId,
                    Type = "click",
                    Timestamp = moment.AddMinutes(1),
                    RankingId = r.RankingId,
                }),
            ],
            Cancellation);
    }
}
